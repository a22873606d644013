using Packit.GitHub;

namespace Packit.Automation.Events;

/// <summary>A repository on GitHub that installed the App.</summary>
/// <param name="Host">Host of its web pages: <c>github.com</c>.</param>
/// <param name="Name">Owner and name.</param>
/// <param name="WebUrl">Its page, without a slash at the end.</param>
/// <param name="IsPrivate">Whether only its members see it.</param>
/// <param name="InstallationId">The installation that reaches it.</param>
public sealed record UpstreamRepository(string Host, RepositoryName Name, string WebUrl, bool IsPrivate, long InstallationId)
{
    /// <summary>GitHub's number of the repository, which stays when its name changes; null where nobody said it.</summary>
    public long? Id { get; init; }

    /// <summary>Whose it is; null where nobody said it.</summary>
    public GitHubAccount? Owner { get; init; }

    /// <summary>Key in the allowlist: <c>github.com/owner/name.git</c>.</summary>
    public string AllowlistKey => $"{Host}/{Name.Owner}/{Name.Name}.git";
}
