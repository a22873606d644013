namespace Packit.FedoraMessaging;

/// <summary>A repository as Pagure's messages name it.</summary>
/// <param name="Namespace"><c>rpms</c>; empty for a project without one.</param>
/// <param name="Name">The package.</param>
/// <param name="FullName"><c>rpms/rust-foo</c>, or <c>forks/packit/rpms/rust-foo</c>.</param>
/// <param name="Owner">Login of its owner, who in a fork is who forked it; null when the message does not say.</param>
/// <param name="Parent">Full name of what it was forked from; null when it is no fork.</param>
/// <param name="Url">Its page; null when the message does not say.</param>
public sealed record BusRepository(string Namespace, string Name, string FullName, string? Owner, string? Parent, Uri? Url)
{
    /// <summary>Whether it is somebody's fork; pushes to forks come under the same topic, with the same namespace and name.</summary>
    public bool IsFork => Parent is not null || FullName.StartsWith("forks/", StringComparison.Ordinal);
}

/// <summary>Commits were pushed to a branch (or a tag of that name; names that are no branch are the reader's to ignore).</summary>
/// <param name="Repository">Where; also forks send this.</param>
/// <param name="Branch">The short name.</param>
/// <param name="OldCommit">What the branch was at before; of a forced push the merge base; null for a new branch.</param>
/// <param name="StartCommit">The oldest commit that is new; null when the message does not say.</param>
/// <param name="EndCommit">The new head.</param>
/// <param name="TotalCommits">How many are new.</param>
/// <param name="Forced">Whether commits were taken away.</param>
/// <param name="Agent">Login of who pushed; <c>pagure</c> when a pull request was merged in the web interface.</param>
/// <param name="PullRequestId">The pull request that was merged by this push, as far as Pagure knows.</param>
/// <param name="ChangedFiles">Paths with git's letters (<c>A</c>, <c>M</c>, <c>D</c>), of the last range only: a hint, never a proof of absence.</param>
/// <remarks>Pagure: pagure/hooks/default.py.</remarks>
public sealed record GitReceive(
    BusRepository Repository,
    string Branch,
    string? OldCommit,
    string? StartCommit,
    string EndCommit,
    int TotalCommits,
    bool Forced,
    string Agent,
    long? PullRequestId,
    IReadOnlyDictionary<string, string> ChangedFiles) : MessageBody;

/// <summary>A pull request as a message tells it.</summary>
/// <param name="Id">Number within the project.</param>
/// <param name="Project">Where it is to be merged.</param>
/// <param name="Branch">The branch it is for.</param>
/// <param name="Source">The repository it comes from; null when that is gone.</param>
/// <param name="SourceBranch">The branch it comes from; null for a patch from elsewhere.</param>
/// <param name="Title">Its title.</param>
/// <param name="Author">Login of who opened it.</param>
/// <param name="Status"><c>Open</c>, <c>Merged</c> or <c>Closed</c>.</param>
/// <param name="Head">Its newest commit; null when the message does not say.</param>
/// <param name="ClosedBy">Login of who merged or closed it.</param>
/// <param name="Url">Its page.</param>
public sealed record BusPullRequest(
    long Id,
    BusRepository Project,
    string Branch,
    BusRepository? Source,
    string? SourceBranch,
    string Title,
    string Author,
    string Status,
    string? Head,
    string? ClosedBy,
    Uri? Url);

/// <summary>A comment of a pull request.</summary>
/// <param name="Id">Number in the instance.</param>
/// <param name="Text">What was written.</param>
/// <param name="Author">Login.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="IsNotification">Whether Pagure wrote it to tell of something (a merge, new commits).</param>
public sealed record BusComment(long Id, string Text, string Author, DateTimeOffset? CreatedAt, bool IsNotification);

/// <summary>
/// A comment was added to a pull request, or one was edited. The message of a new one carries all comments and does not name it: it is the last one
/// at the time of sending, unless two were written in quick succession. The message of an edit carries that comment only.
/// </summary>
/// <param name="PullRequest">Where.</param>
/// <param name="Comments">All comments, oldest first; at least one.</param>
/// <param name="Agent">Login of who wrote or edited.</param>
public sealed record PullRequestComment(BusPullRequest PullRequest, IReadOnlyList<BusComment> Comments, string Agent) : MessageBody
{
    /// <summary>Whether the comment was there before, and says something else now.</summary>
    public bool IsEdit { get; init; }

    /// <summary>The newest comment.</summary>
    public BusComment Last => Comments[^1];

    /// <summary>A comment by its id; null when the message does not have it.</summary>
    public BusComment? Find(long id) => Comments.FirstOrDefault(comment => comment.Id == id);
}

/// <summary>A pull request was merged or closed.</summary>
/// <param name="PullRequest">Which.</param>
/// <param name="Merged">Whether it was merged: both the message and the pull request in it say so.</param>
/// <param name="Agent">Login of who did it.</param>
public sealed record PullRequestClosed(BusPullRequest PullRequest, bool Merged, string Agent) : MessageBody;
