using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Events;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Installing;

/// <summary>
/// Holds what a delivery says about a repository and its owner against what is known by id: it may name them as they were called before, and the
/// App may be away. GitHub is asked only where the two differ.
/// </summary>
public sealed class KnownRepositories(
    IPackitDbFactory databases,
    InstallationRows installations,
    Renaming renaming,
    DecisionRows decisions,
    GitHubClient github,
    IOptions<ServiceOptions> service)
{
    /// <summary>Looks.</summary>
    /// <param name="deliveryId">Row of the delivery; why it ends here is stored with it.</param>
    /// <param name="repository">As the delivery has it.</param>
    /// <param name="cancellationToken">Ends the looking; repeating it changes nothing twice.</param>
    /// <exception cref="Http.RemoteException">GitHub does not answer; to be tried again later.</exception>
    public async Task<RepositorySight> LookAsync(long deliveryId, UpstreamRepository repository, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        if (repository is not { Id: { } id, Owner: { } owner })
        {
            return new RepositorySight.Here(repository);
        }

        var (row, installation) = await OwnerAsync(owner, repository, cancellationToken);
        if (row is { RemovedAt: not null } or { SuspendedAt: not null })
        {
            var reason = InstallingTexts.NotReached(row.AccountLogin, row.RemovedAt is null, service.Value.CommandPrefix);
            await decisions.StoreAsync(deliveryId, [new Decision("installation", null, Matched: false, reason)], cancellationToken);
            return new RepositorySight.Away(reason);
        }

        return new RepositorySight.Here(await NamedAsync(repository with { InstallationId = installation }, id, cancellationToken));
    }

    /// <summary>The owner's row as it is now, and the installation to go through.</summary>
    private async Task<(GitHubInstallation Row, long Installation)> OwnerAsync(
        GitHubAccount owner, UpstreamRepository repository, CancellationToken cancellationToken)
    {
        var row = await installations.FindAsync(owner.Id, cancellationToken);
        if (row is null)
        {
            await FreeNameAsync(repository.Host, owner, cancellationToken);
            row = await installations.GetAsync(owner, repository.InstallationId, cancellationToken);
        }

        if (row.InstallationId == repository.InstallationId && row is { RemovedAt: null, SuspendedAt: null } && IsCalled(row, owner.Login))
        {
            return (row, row.InstallationId);
        }

        // The delivery and the row differ, or the row says that the App is away: GitHub knows.
        var standing = await github.InstallationAsync(repository.InstallationId, cancellationToken);
        if (standing is null && row.InstallationId != repository.InstallationId)
        {
            standing = await github.InstallationAsync(row.InstallationId, cancellationToken);
        }

        if (standing?.Account is { } account && account.Id == row.AccountId && !IsCalled(row, account.Login))
        {
            await FreeNameAsync(repository.Host, account, cancellationToken);
            await renaming.AccountAsync(repository.Host, row, account.Login, cancellationToken);
        }

        return await installations.NoteAsync(row, row.Noted, standing, installer: null, cancellationToken) is { } noted
            ? (noted, noted.InstallationId)
            : await OwnerAsync(owner, repository, cancellationToken);
    }

    private async Task FreeNameAsync(string host, GitHubAccount owner, CancellationToken cancellationToken)
    {
        if (await installations.OthersNamedAsync(owner, cancellationToken) is { Count: > 0 } others)
        {
            await renaming.FreeNameAsync(host, owner, others, cancellationToken);
        }
    }

    /// <summary>The repository by its name of today; its row gets that name.</summary>
    private async Task<UpstreamRepository> NamedAsync(UpstreamRepository repository, long id, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var known = await database.Projects.SingleOrDefaultAsync(
            row => row.InstanceUrl == repository.Host && row.ForgeId == id, cancellationToken);
        if (known is null)
        {
            var url = repository.WebUrl;
            if (await database.Projects.SingleOrDefaultAsync(row => row.ProjectUrl == url, cancellationToken) is { } named)
            {
                await BindAsync(database, named, id, cancellationToken);
            }

            return repository;
        }

        if (known.ProjectUrl == repository.WebUrl)
        {
            return repository;
        }

        var now = await TodayAsync(repository, id, cancellationToken);
        if (known.ProjectUrl != now.WebUrl)
        {
            await renaming.ProjectAsync(known.Id, now, cancellationToken);
        }

        return now;
    }

    // A row of old learns its number; one with another number belongs to a repository that has left this name. Another reader may have been here
    // between the two questions.
    private async Task BindAsync(PackitDb database, GitProject named, long id, CancellationToken cancellationToken)
    {
        if (named.ForgeId is null)
        {
            named.ForgeId = id;
            await database.SaveChangesAsync(cancellationToken);
        }
        else if (named.ForgeId != id)
        {
            await renaming.SetAsideAsync(named.Id, cancellationToken);
        }
    }

    private async Task<UpstreamRepository> TodayAsync(UpstreamRepository repository, long id, CancellationToken cancellationToken)
    {
        var facts = await github.Repository(repository.Name, repository.InstallationId).GetAsync(cancellationToken);
        return facts.Id == id && facts.RepositoryName is { } name
            ? repository with { Name = name, WebUrl = facts.HtmlUrl.AbsoluteUri.TrimEnd('/'), IsPrivate = facts.Private, Owner = facts.Owner }
            : repository;
    }

    private static bool IsCalled(GitHubInstallation row, string login) => string.Equals(row.AccountLogin, login, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What was found where a delivery says a repository is.</summary>
public abstract record RepositorySight
{
    private RepositorySight()
    {
    }

    /// <summary>It can be worked for.</summary>
    /// <param name="Repository">By its name of today, reached through the installation of today.</param>
    public sealed record Here(UpstreamRepository Repository) : RepositorySight;

    /// <summary>The App is not there, or suspended.</summary>
    /// <param name="Reason">What it means, and what to do.</param>
    public sealed record Away(string Reason) : RepositorySight;
}
