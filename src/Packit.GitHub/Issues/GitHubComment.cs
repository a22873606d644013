namespace Packit.GitHub;

/// <summary>A comment in an issue, in a pull request or on a commit.</summary>
/// <param name="User">Who wrote it; null when the account is gone.</param>
public sealed record GitHubComment(
    long Id,
    string Body,
    Uri HtmlUrl,
    DateTimeOffset CreatedAt,
    DateTimeOffset? UpdatedAt = null,
    GitHubAccount? User = null);

internal sealed record CommentBody(string Body);
