using System.Text.Json.Serialization;

namespace Packit.GitHub;

/// <summary>What GitHub tells about a repository, in answers and in webhooks.</summary>
/// <param name="Id">Stays the same when the repository is renamed or transferred.</param>
/// <param name="FullName"><c>owner/name</c> as it is now.</param>
/// <param name="HasIssues">Whether the repository has an issue tracker.</param>
public sealed record RepositoryFacts(
    long Id,
    string Name,
    string FullName,
    GitHubAccount Owner,
    bool Private,
    string DefaultBranch,
    Uri HtmlUrl,
    Uri CloneUrl,
    bool Fork = false,
    bool Archived = false,
    bool HasIssues = true)
{
    /// <summary>The name in the validated grammar; null when GitHub (or who says to be it) sent something else.</summary>
    [JsonIgnore]
    public RepositoryName? RepositoryName => RepositoryName.TryParse(FullName, out var name) ? name : null;
}
