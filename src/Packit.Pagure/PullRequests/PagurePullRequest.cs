using System.Text.Json.Serialization;

namespace Packit.Pagure;

/// <summary>A pull request.</summary>
/// <param name="Id">Counts with the issues within one project.</param>
/// <param name="Branch">The branch that it goes to.</param>
/// <param name="BranchFrom">The branch that it comes from.</param>
/// <param name="CommitStop">The head commit; null while Pagure has not looked yet.</param>
/// <param name="RepoFrom">Where it comes from; null when that fork was deleted.</param>
/// <param name="InitialComment">The description.</param>
/// <param name="CachedMergeStatus">Whether it can be merged, as far as Pagure has found out.</param>
public sealed record PagurePullRequest(
    int Id,
    string Title,
    string Branch,
    string BranchFrom,
    PullRequestStatus Status,
    PagureUser User,
    PagureProjectFacts Project,
    string? FullUrl = null,
    string? Uid = null,
    PagureProjectFacts? RepoFrom = null,
    string? CommitStart = null,
    string? CommitStop = null,
    string? InitialComment = null,
    string? CachedMergeStatus = null,
    DateTimeOffset? DateCreated = null,
    DateTimeOffset? LastUpdated = null,
    DateTimeOffset? ClosedAt = null)
{
    /// <summary>All comments, oldest first; those that Pagure wrote itself are marked.</summary>
    public IReadOnlyList<PagureComment> Comments { get; init; } = [];

    /// <summary>Labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>A comment in a pull request.</summary>
/// <param name="Comment">The text.</param>
/// <param name="Notification">Whether Pagure wrote it itself, in the name of a person ("1 new commit added"). Never a command.</param>
/// <param name="Editor">Who edited it last; null when nobody did. Who may commit to the project may edit what others wrote.</param>
public sealed record PagureComment(
    int Id,
    string Comment,
    PagureUser User,
    DateTimeOffset? DateCreated = null,
    bool Notification = false,
    PagureUser? Editor = null);

/// <summary>Where a pull request is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PullRequestStatus>))]
public enum PullRequestStatus
{
    Open,
    Merged,
    Closed,
}

/// <summary>Which pull requests to list.</summary>
public enum PullRequestFilter
{
    Open,
    Merged,
    Closed,
    All,
}

internal sealed record PullRequestPage(IReadOnlyList<PagurePullRequest> Requests, Pagination Pagination);

/// <summary>The links in it may name another host, so only the count is used.</summary>
internal sealed record Pagination(int Pages);
