namespace Packit.Automation.Storage;

/// <summary>One execution of a <c>bodhi_update</c> job: for a complete build, or because somebody asked.</summary>
public sealed class BodhiUpdateGroup
{
    public int Id { get; init; }

    public int ProjectEventId { get; init; }

    public ProjectEvent ProjectEvent { get; init; } = null!;

    /// <summary>The delivery that asked for it; with the job the identity of the group.</summary>
    public long DeliveryId { get; init; }

    /// <summary>The command that asked for it (<see cref="CommentCommand"/>); 0 when none did. Part of the identity: a comment may hold several.</summary>
    public int CommandId { get; init; }

    /// <summary>The dist-git project.</summary>
    public int ProjectId { get; init; }

    public GitProject Project { get; init; } = null!;

    /// <summary>Key in <c>packages</c> of the config.</summary>
    public required string PackageName { get; init; }

    /// <summary>Name of the dist-git repository.</summary>
    public required string DownstreamPackage { get; init; }

    /// <summary>Index of the view (job and package) in the config.</summary>
    public required int ViewIndex { get; init; }

    public int ConfigId { get; init; }

    public StoredPackageConfig Config { get; init; } = null!;

    /// <summary>Owner of the build, or who asked; null when the message does not say.</summary>
    public string? RequestedBy { get; init; }

    public required DateTimeOffset SubmittedTime { get; init; }

    public IList<BodhiUpdateTarget> Targets { get; } = [];
}
