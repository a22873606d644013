using System.Text.Json.Serialization;

namespace Packit.GitHub;

/// <summary>
/// A webhook as far as it is used. It is a hint: facts that matter are read again from GitHub before acting.
/// </summary>
public abstract record GitHubEvent
{
    private protected GitHubEvent()
    {
    }
}

/// <summary>GitHub tries whether the address works.</summary>
public sealed record PingEvent(long HookId, string Zen) : GitHubEvent;

/// <summary>An event of a kind that nothing here acts on.</summary>
public sealed record OtherEvent(string EventType) : GitHubEvent;

/// <summary>A body that is not what GitHub sends for this event.</summary>
/// <param name="Reason">What is wrong and where; fit for a log.</param>
public sealed record MalformedEvent(string EventType, string Reason) : GitHubEvent;

/// <summary>An event of one repository.</summary>
/// <param name="Repository">Where it happened.</param>
/// <param name="Sender">Who caused it.</param>
public abstract record RepositoryEvent(RepositoryFacts Repository, GitHubAccount Sender) : GitHubEvent
{
    [JsonInclude]
    internal InstallationReference? Installation { get; init; }

    /// <summary>The installation through which to act; null for webhooks that were set up by hand.</summary>
    [JsonIgnore]
    public long? InstallationId => Installation?.Id;
}

/// <summary>A release was <c>published</c>, <c>edited</c>, <c>deleted</c> and so on.</summary>
public sealed record ReleaseEvent(string Action, GitHubRelease Release, RepositoryFacts Repository, GitHubAccount Sender)
    : RepositoryEvent(Repository, Sender);

/// <summary>A comment in an issue or pull request (see <see cref="GitHubIssue.IsPullRequest"/>) was <c>created</c>, <c>edited</c> or <c>deleted</c>.</summary>
public sealed record IssueCommentEvent(string Action, GitHubIssue Issue, GitHubComment Comment, RepositoryFacts Repository, GitHubAccount Sender)
    : RepositoryEvent(Repository, Sender)
{
    [JsonInclude]
    internal CommentChanges? Changes { get; init; }

    /// <summary>The text before it was <c>edited</c>; null when the edit did not change it, and for other actions.</summary>
    [JsonIgnore]
    public string? BodyBefore => Changes?.Body?.From;
}

/// <summary>A comment on a commit was <c>created</c>.</summary>
public sealed record CommitCommentEvent(string Action, CommitComment Comment, RepositoryFacts Repository, GitHubAccount Sender)
    : RepositoryEvent(Repository, Sender);

/// <summary>A check run was <c>rerequested</c> by a person, or changed.</summary>
public sealed record CheckRunEvent(string Action, CheckRun CheckRun, RepositoryFacts Repository, GitHubAccount Sender)
    : RepositoryEvent(Repository, Sender);

/// <summary>All checks of a commit were <c>rerequested</c> by a person (<i>Re-run all checks</i>), or their summary changed.</summary>
public sealed record CheckSuiteEvent(string Action, CheckSuite CheckSuite, RepositoryFacts Repository, GitHubAccount Sender)
    : RepositoryEvent(Repository, Sender);

/// <summary>A pull request was <c>opened</c>, <c>reopened</c>, <c>synchronize</c>d, <c>closed</c> and so on.</summary>
public sealed record PullRequestEvent(string Action, GitHubPullRequest PullRequest, RepositoryFacts Repository, GitHubAccount Sender)
    : RepositoryEvent(Repository, Sender);

/// <summary>Commits or a tag were pushed.</summary>
/// <param name="Ref"><c>refs/heads/…</c> or <c>refs/tags/…</c>.</param>
/// <param name="Before">Zeros for a new ref.</param>
/// <param name="After">Zeros for a deleted ref.</param>
public sealed record PushEvent(
    string Ref, string Before, string After, RepositoryFacts Repository, GitHubAccount Sender, bool Created = false, bool Deleted = false, bool Forced = false)
    : RepositoryEvent(Repository, Sender)
{
    /// <summary>The commits that were new with the push, oldest first. GitHub leaves commits out of a long push, and has none for a moved ref.</summary>
    public IReadOnlyList<PushedCommit> Commits { get; init => field = value ?? []; } = [];
}

/// <summary>The App was installed (<c>created</c>), removed (<c>deleted</c>), suspended or got new permissions.</summary>
public sealed record InstallationEvent(string Action, InstallationFacts Installation, GitHubAccount Sender) : GitHubEvent
{
    /// <summary>The repositories of a new installation; empty for other actions.</summary>
    public IReadOnlyList<RepositoryReference> Repositories { get; init => field = value ?? []; } = [];
}

/// <summary>Repositories were added to or removed from an installation.</summary>
public sealed record InstallationRepositoriesEvent(
    string Action,
    InstallationFacts Installation,
    IReadOnlyList<RepositoryReference> RepositoriesAdded,
    IReadOnlyList<RepositoryReference> RepositoriesRemoved,
    GitHubAccount Sender) : GitHubEvent;

/// <summary>The account that installed the App was <c>renamed</c>.</summary>
/// <param name="Account">As it is called now.</param>
public sealed record InstallationTargetEvent(string Action, GitHubAccount Account, NameChanges Changes) : GitHubEvent
{
    [JsonInclude]
    internal InstallationReference? Installation { get; init; }

    /// <summary>The installation; null for webhooks that were set up by hand.</summary>
    [JsonIgnore]
    public long? InstallationId => Installation?.Id;
}

/// <summary>A repository was <c>renamed</c>, <c>transferred</c>, <c>privatized</c>, <c>publicized</c> and so on.</summary>
/// <param name="Repository">As it is now.</param>
public sealed record RepositoryChangedEvent(string Action, RepositoryFacts Repository, GitHubAccount Sender) : RepositoryEvent(Repository, Sender)
{
    /// <summary>What it was before; null for actions that change no name.</summary>
    public NameChanges? Changes { get; init; }
}
