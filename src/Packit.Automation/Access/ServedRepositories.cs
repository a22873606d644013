using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Events;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Access;

/// <summary>
/// Which repositories are served at all: public ones, and private ones of the namespaces that are enabled. A payload may be old, so GitHub is
/// asked for each event; what a payload itself calls private is believed, and not asked for.
/// </summary>
public sealed class ServedRepositories(GitHubClient github, IPackitDbFactory databases, IOptions<ServiceOptions> service)
{
    /// <summary>Whether private repositories of a namespace are served. Only the whole namespace counts, letter by letter (Packit: enabled_private_namespaces).</summary>
    public bool IsEnabled(string host, string owner) => service.Value.EnabledPrivateNamespaces.Contains($"{host}/{owner}");

    /// <summary>Looks at a repository.</summary>
    /// <returns>The repository with its visibility of now; null when it is not served. What is known of it is hidden then.</returns>
    /// <exception cref="Http.RemoteException">GitHub does not answer; to be tried again later.</exception>
    public async Task<UpstreamRepository?> AsServedAsync(UpstreamRepository repository, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var isEnabled = IsEnabled(repository.Host, repository.Name.Owner);
        var isPrivate = (repository.IsPrivate && !isEnabled)
            || (await github.Repository(repository.Name, repository.InstallationId).GetAsync(cancellationToken)).Private;
        if (isPrivate)
        {
            await HideAsync(repository, cancellationToken);
        }

        return isPrivate && !isEnabled ? null : repository with { IsPrivate = isPrivate };
    }

    /// <summary>
    /// A public repository that became private is not shown from now on, also where it is known by a name that it had before; one that is not
    /// known stays so.
    /// </summary>
    public async Task HideAsync(UpstreamRepository repository, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        await using var database = databases.Create();
        await database.Projects
            .Where(row => !row.IsPrivate
                && (row.ProjectUrl == repository.WebUrl || (repository.Id != null && row.InstanceUrl == repository.Host && row.ForgeId == repository.Id)))
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.IsPrivate, true), cancellationToken);
    }
}
