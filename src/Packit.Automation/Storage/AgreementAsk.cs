namespace Packit.Automation.Storage;

/// <summary>
/// An upstream project asks the packagers of a package whether it may propose to it, in one pull request at a time. The row stays when the
/// question is settled, for the next time.
/// </summary>
public sealed class AgreementAsk
{
    public int Id { get; init; }

    /// <summary>Name of the dist-git repository.</summary>
    public required string Package { get; init; }

    /// <summary>The upstream project.</summary>
    public int ProjectId { get; init; }

    public GitProject Project { get; init; } = null!;

    /// <summary>GitHub's id of the repository that asks; 0 before anything was asked.</summary>
    public long RepositoryId { get; set; }

    /// <summary>GitHub's id of the account that owns it.</summary>
    public long OwnerId { get; set; }

    /// <summary>The dist-git branch whose pull request asks, or is about to; null while nobody asks.</summary>
    public string? Branch { get; set; }

    /// <summary>The pull request that asks; null before it stands.</summary>
    public int? PullRequestId { get; set; }

    public SyncReleasePullRequest? PullRequest { get; init; }

    /// <summary>How often it was looked whether there is an answer.</summary>
    public int Checks { get; set; }

    /// <summary>When that is looked at next; null while nobody waits.</summary>
    public DateTimeOffset? NextCheckAt { get; set; }
}
