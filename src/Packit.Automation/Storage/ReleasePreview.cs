namespace Packit.Automation.Storage;

/// <summary>What would be proposed if a commit were released, as somebody asked to see it. One command asks for one.</summary>
public sealed class ReleasePreview
{
    public int Id { get; init; }

    public int ProjectId { get; init; }

    public GitProject Project { get; init; } = null!;

    /// <summary>The command that asked.</summary>
    public required int CommandId { get; init; }

    /// <summary>The commit, branch or tag that was named; null for none.</summary>
    public string? Ref { get; init; }

    /// <summary>The tag that was named; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>The package that was named; null for all.</summary>
    public string? Package { get; init; }

    /// <summary>The pull request in which it was asked for; null in an issue.</summary>
    public int? PullRequest { get; init; }

    /// <summary>The App installation through which the project is reached.</summary>
    public required long InstallationId { get; init; }

    /// <summary>The commit looked at; null until it is known.</summary>
    public string? CommitSha { get; set; }

    public required PreviewState State { get; set; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>How many of these ended because the forge was away.</summary>
    public int Delays { get; set; }

    /// <summary>When it is begun again after an outage; null when nothing is waited for.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Until when the worker that makes it is believed alive.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>The result as JSON; null until it is there.</summary>
    public string? Result { get; set; }

    /// <summary>Why there is no result, or none yet; null for none.</summary>
    public string? Message { get; set; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>How far a preview is.</summary>
public enum PreviewState
{
    [WireName("queued")]
    Queued,

    [WireName("running")]
    Running,

    [WireName("done")]
    Done,

    [WireName("error")]
    Error,
}
