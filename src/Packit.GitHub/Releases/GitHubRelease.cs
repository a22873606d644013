namespace Packit.GitHub;

/// <summary>A release of a repository.</summary>
/// <param name="TagName">The git tag; any text that git accepts, slashes too.</param>
/// <param name="TargetCommitish">Where the tag was put if it did not exist; not necessarily the tag's commit.</param>
/// <param name="CreatedAt">The date of the commit, not of the release.</param>
/// <param name="PublishedAt">Null while it is a draft.</param>
public sealed record GitHubRelease(
    long Id,
    string TagName,
    Uri HtmlUrl,
    DateTimeOffset CreatedAt,
    string? TargetCommitish = null,
    string? Name = null,
    string? Body = null,
    bool Draft = false,
    bool Prerelease = false,
    DateTimeOffset? PublishedAt = null,
    GitHubAccount? Author = null);
