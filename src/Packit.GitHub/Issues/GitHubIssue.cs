using System.Text.Json.Serialization;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>An issue, or the issue side of a pull request.</summary>
/// <param name="User">Who opened it; null when the account is gone.</param>
/// <param name="PullRequest">Present when it is a pull request.</param>
public sealed record GitHubIssue(
    long Id,
    int Number,
    string Title,
    IssueState State,
    Uri HtmlUrl,
    string? Body = null,
    GitHubAccount? User = null,
    IssuePullRequest? PullRequest = null)
{
    [JsonIgnore]
    public bool IsPullRequest => PullRequest is not null;
}

/// <summary>The pull request whose issue side this is.</summary>
public sealed record IssuePullRequest(Uri? Url = null, Uri? HtmlUrl = null);

[JsonConverter(typeof(WireEnumConverter<IssueState>))]
public enum IssueState
{
    Open,
    Closed,
}

internal sealed record IssueBody(string? Title = null, string? Body = null, IssueState? State = null);
