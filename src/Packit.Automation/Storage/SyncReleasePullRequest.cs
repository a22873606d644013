namespace Packit.Automation.Storage;

/// <summary>A pull request in dist-git.</summary>
public sealed class SyncReleasePullRequest
{
    public int Id { get; init; }

    /// <summary>The dist-git project.</summary>
    public int ProjectId { get; init; }

    public GitProject Project { get; init; } = null!;

    public required int PrId { get; init; }

    public required string TargetBranch { get; init; }

    public required string Url { get; init; }

    public required string Title { get; set; }

    public bool IsFastForward { get; init; }

    public PullRequestState State { get; set; }

    /// <summary>Head of the target branch after the merge, as the push said that the merge made; null when it is not known.</summary>
    public string? MergedCommit { get; set; }

    /// <summary>When dist-git says it was merged or closed.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public IList<SyncReleaseTarget> Targets { get; } = [];

    public IList<KojiBuildGroup> BuildGroups { get; } = [];
}

/// <summary>Where a pull request in dist-git stands.</summary>
public enum PullRequestState
{
    [WireName("open")]
    Open,

    [WireName("merged")]
    Merged,

    [WireName("closed")]
    Closed,
}
