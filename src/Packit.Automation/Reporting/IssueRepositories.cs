using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Reporting;

/// <summary>The repositories that package configs name for reports on what fails in the distribution (<c>issue_repository</c>).</summary>
public sealed class IssueRepositories(GitHubClient github, ServedRepositories served, IPackitDbFactory databases, IOptions<GitHubOptions> options)
{
    /// <summary>Finds the way to a repository's issues.</summary>
    /// <param name="url">As the package config has it.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="Http.RemoteException">GitHub does not answer.</exception>
    public Task<IssueRepository> FindAsync(string url, CancellationToken cancellationToken) => FindAsync(url, "'issue_repository'", cancellationToken);

    /// <summary>Finds the way to the issues of a repository that another setting names.</summary>
    /// <param name="url">Its address.</param>
    /// <param name="setting">What the setting is called where it cannot be used.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="Http.RemoteException">GitHub does not answer.</exception>
    public async Task<IssueRepository> FindAsync(string url, string setting, CancellationToken cancellationToken)
    {
        var root = new Uri(options.Value.WebUrl);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host != root.Host || !TryName(address, out var name))
        {
            return new IssueRepository.Unreachable($"{setting} ({url}) is no repository on {root.Host}.");
        }

        if (await github.FindInstallationAsync(name!, cancellationToken) is not { } installation)
        {
            return new IssueRepository.Unreachable($"The GitHub App is not installed in {setting} ({url}); install it there to get issues.");
        }

        var forge = github.Repository(name!, installation);
        var facts = await forge.GetAsync(cancellationToken);
        if (facts.Private && !served.IsEnabled(root.Host, name!.Owner))
        {
            return new IssueRepository.Unreachable($"{setting} ({url}) is private and not served here; name a public one to get reports.");
        }

        if (!facts.HasIssues)
        {
            return new IssueRepository.Unreachable($"{setting} ({url}) has no issues; switch them on to get reports.");
        }

        var page = $"{options.Value.WebUrl.TrimEnd('/')}/{name}";
        var project = await databases.GetOrCreateAsync(
            row => row.ProjectUrl == page,
            () => new GitProject { InstanceUrl = root.Host, Namespace = name!.Owner, RepoName = name.Name, ProjectUrl = page, IsPrivate = facts.Private },
            cancellationToken);
        return new IssueRepository.Reachable(forge, project.Id);
    }

    private static bool TryName(Uri address, out RepositoryName? name)
    {
        var path = address.AbsolutePath.Trim('/');
        return RepositoryName.TryParse(path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path, out name);
    }
}

/// <summary>Whether reports can be written.</summary>
public abstract record IssueRepository
{
    private IssueRepository()
    {
    }

    /// <summary>They can.</summary>
    /// <param name="Forge">Where.</param>
    /// <param name="ProjectId">Its row.</param>
    public sealed record Reachable(GitHubRepository Forge, int ProjectId) : IssueRepository;

    /// <summary>They cannot.</summary>
    /// <param name="Reason">Why, and what to do.</param>
    public sealed record Unreachable(string Reason) : IssueRepository;
}
