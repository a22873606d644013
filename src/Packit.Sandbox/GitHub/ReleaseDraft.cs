namespace Packit.Sandbox.GitHub;

/// <summary>How a release is published.</summary>
public sealed record ReleaseDraft
{
    public required string Tag { get; init; }

    public string? Name { get; init; }

    public string? Body { get; init; }

    public bool Prerelease { get; init; }

    /// <summary>A draft is saved and seen by people with write access only; no delivery is sent.</summary>
    public bool Draft { get; init; }

    /// <summary>Who publishes it; the owner when null.</summary>
    public string? Author { get; init; }

    /// <summary>Whether GitHub's other deliveries about the same release go out too: <c>created</c> before, <c>released</c> or <c>prereleased</c> after.</summary>
    public bool AllActions { get; init; }

    /// <summary>Files attached to it, by name.</summary>
    public FileSet Assets { get; init; } = [];

    /// <summary>Whether the upstream also puts <c>NAME/NAME-VERSION.tar.gz</c> onto its own download host.</summary>
    public bool PublishArchive { get; init; } = true;
}
