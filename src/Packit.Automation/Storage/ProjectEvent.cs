namespace Packit.Automation.Storage;

/// <summary>
/// What something was done for; its id is the <c>external_id</c> of check runs. Which columns are filled depends on the
/// <see cref="Type"/>; there is one row per thing and commit.
/// </summary>
public sealed class ProjectEvent
{
    public int Id { get; init; }

    public ProjectEventType Type { get; init; }

    /// <summary>The release, for <see cref="ProjectEventType.Release"/>; else null, and so is <see cref="Release"/>.</summary>
    public int? ReleaseId { get; init; }

    public ProjectRelease Release { get; init; } = null!;

    /// <summary>The dist-git project, for everything that happened in dist-git or Koji.</summary>
    public int? ProjectId { get; init; }

    public GitProject? Project { get; init; }

    /// <summary>The dist-git branch: pushed to, target of the pull request, or the one that was built.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit: pushed, the head of the branch when somebody asked, or the one that was built.</summary>
    public string? CommitSha { get; init; }

    /// <summary>Number of the pull request in which somebody asked, or whose merge was the push.</summary>
    public int? PrId { get; init; }

    /// <summary>Koji's id of the build, for <see cref="ProjectEventType.KojiBuild"/>.</summary>
    public long? BuildId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What kind of thing something was done for.</summary>
public enum ProjectEventType
{
    /// <summary>A release of an upstream project.</summary>
    [WireName("release")]
    Release,

    /// <summary>A commit pushed to a dist-git branch.</summary>
    [WireName("branch_push")]
    BranchPush,

    /// <summary>A command in a dist-git pull request.</summary>
    [WireName("pull_request")]
    PullRequest,

    /// <summary>A complete build in Koji.</summary>
    [WireName("koji_build")]
    KojiBuild,
}
