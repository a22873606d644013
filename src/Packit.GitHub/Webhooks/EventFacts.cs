namespace Packit.GitHub;

/// <summary>A repository in the list of an installation.</summary>
public sealed record RepositoryReference(long Id, string Name, string FullName, bool Private = false);

/// <summary>An installation of the App.</summary>
/// <param name="Account">The user or organisation that installed it.</param>
/// <param name="RepositorySelection"><c>all</c> or <c>selected</c>.</param>
/// <param name="Permissions">What the owner granted: name to <c>read</c> or <c>write</c>.</param>
public sealed record InstallationFacts(
    long Id, GitHubAccount Account, string RepositorySelection, IReadOnlyDictionary<string, string> Permissions, DateTimeOffset? SuspendedAt = null);

/// <summary>A pull request in a webhook.</summary>
public sealed record GitHubPullRequest(
    long Id,
    int Number,
    string Title,
    IssueState State,
    Uri HtmlUrl,
    PullRequestSide Head,
    PullRequestSide Base,
    string? Body = null,
    GitHubAccount? User = null,
    bool Draft = false,
    bool? Merged = null,
    string? MergeCommitSha = null);

/// <summary>Where a pull request comes from, or where it goes.</summary>
/// <param name="Ref">The branch.</param>
/// <param name="Repo">Null when the fork was deleted.</param>
public sealed record PullRequestSide(string Ref, string Sha, RepositoryFacts? Repo = null, GitHubAccount? User = null);

/// <summary>A commit of a push, with the paths that it changed.</summary>
public sealed record PushedCommit(string Id)
{
    // The reader of JSON sets a property that is not there to null.
    public IReadOnlyList<string> Added { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Removed { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Modified { get; init => field = value ?? []; } = [];
}

/// <summary>A comment on a commit.</summary>
public sealed record CommitComment(long Id, string Body, string CommitId, Uri HtmlUrl, GitHubAccount? User = null);

/// <summary>What an edit of a comment changed, with the values before it.</summary>
internal sealed record CommentChanges(TextChange? Body = null);

internal sealed record TextChange(string? From = null);

internal sealed record InstallationReference(long Id);
