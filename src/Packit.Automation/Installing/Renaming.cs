using Microsoft.EntityFrameworkCore;
using Packit.Automation.Events;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Installing;

/// <summary>
/// Gives rows the names of today. What moves is told by the forge's ids, never by a name alone: whoever takes over a name that became free must
/// not find the approval of the one before under it.
/// </summary>
public sealed class Renaming(IPackitDbFactory databases, GitHubClient github)
{
    private const string Aside = "#before-";

    /// <summary>Renames an account: its row, its projects and its entries of the allowlist.</summary>
    public async Task AccountAsync(string host, GitHubInstallation account, string login, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var row = await database.Installations.SingleAsync(known => known.Id == account.Id, cancellationToken);
        await MoveEntriesAsync(database, $"{host}/{row.AccountLogin}", $"{host}/{login}", cancellationToken);
        var old = row.AccountLogin.ToLowerInvariant();

        // Those that were put aside had their name before another one of the account did, and are found again by their id.
        var projects = await database.Projects
            .Where(known => known.InstanceUrl == host && known.Namespace.ToLower() == old && !known.ProjectUrl.Contains(Aside)).ToListAsync(cancellationToken);
        foreach (var project in projects)
        {
            await RenameAsync(database, project, login, project.RepoName, cancellationToken);
        }

        row.AccountLogin = login;
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Ends what other accounts left under a login that is this account's now. Where they are is asked; whoever cannot be found has lost the
    /// approval, but no denial.
    /// </summary>
    /// <returns>Whether somebody else was approved, or waited, under the name.</returns>
    public async Task<bool> FreeNameAsync(
        string host, GitHubAccount owner, IReadOnlyList<GitHubInstallation> others, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(others);
        foreach (var other in others)
        {
            var standing = other.RemovedAt is null ? await github.InstallationAsync(other.InstallationId, cancellationToken) : null;
            if (standing?.Account is { } found && found.Id == other.AccountId && !string.Equals(found.Login, owner.Login, StringComparison.OrdinalIgnoreCase))
            {
                await AccountAsync(host, other, found.Login, cancellationToken);
                continue;
            }

            await using var database = databases.Create();
            foreach (var entry in await EntriesAsync(database, $"{host}/{owner.Login}", cancellationToken))
            {
                if (entry.Status != AllowlistStatus.Denied)
                {
                    await RemoveAsync(database, entry, cancellationToken);
                }
            }
        }

        return others.Count > 0;
    }

    /// <summary>Renames a project. An approval of the repository itself goes along unless it has another owner now; a denial always does.</summary>
    /// <param name="projectId">Its row.</param>
    /// <param name="now">What it is called now.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task ProjectAsync(int projectId, UpstreamRepository now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(now);
        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var project = await database.Projects.SingleAsync(known => known.Id == projectId, cancellationToken);
        await EntryOfRepositoryAsync(database, now, $"{project.Namespace}/{project.RepoName}", cancellationToken);
        await RenameAsync(database, project, now.Name.Owner, now.Name.Name, cancellationToken);
        project.IsPrivate = now.IsPrivate;
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Moves the entry of a repository that has no row.</summary>
    public async Task RepositoryAsync(UpstreamRepository now, string oldFullName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(now);
        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await EntryOfRepositoryAsync(database, now, oldFullName, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Puts a project aside whose name belongs to another repository now; it keeps its history, and is found again by its id.</summary>
    public async Task SetAsideAsync(int projectId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var project = await database.Projects.SingleAsync(known => known.Id == projectId, cancellationToken);
        SetAside(project);
        await database.SaveChangesAsync(cancellationToken);
    }

    private static async Task EntryOfRepositoryAsync(PackitDb database, UpstreamRepository now, string oldFullName, CancellationToken cancellationToken)
    {
        var from = $"{now.Host}/{oldFullName}.git";
        if (string.Equals(from, now.AllowlistKey, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var isSameOwner = oldFullName.StartsWith(now.Name.Owner + "/", StringComparison.OrdinalIgnoreCase);
        foreach (var entry in await EntriesAsync(database, from, cancellationToken))
        {
            if (isSameOwner || entry.Status == AllowlistStatus.Denied)
            {
                await MoveAsync(database, entry, now.AllowlistKey, cancellationToken);
            }
            else
            {
                await RemoveAsync(database, entry, cancellationToken);
            }
        }
    }

    private static async Task MoveEntriesAsync(PackitDb database, string from, string to, CancellationToken cancellationToken)
    {
        foreach (var entry in await EntriesAsync(database, from, cancellationToken))
        {
            await MoveAsync(database, entry, to + entry.Namespace[from.Length..], cancellationToken);
        }
    }

    // Whoever takes the old entry away makes the new one: two deliveries may tell of one renaming at a time. Where two entries meet, the stricter
    // one counts.
    private static async Task MoveAsync(PackitDb database, AllowlistEntry entry, string to, CancellationToken cancellationToken)
    {
        var lower = to.ToLowerInvariant();
        if (lower == entry.Namespace.ToLowerInvariant() || !await RemoveAsync(database, entry, cancellationToken))
        {
            return;
        }

        if (entry.Status == AllowlistStatus.Denied)
        {
            await database.Allowlist.Where(known => known.Namespace.ToLower() == lower)
                .ExecuteUpdateAsync(change => change.SetProperty(known => known.Status, AllowlistStatus.Denied), cancellationToken);
        }

        if (!await database.Allowlist.AnyAsync(known => known.Namespace.ToLower() == lower, cancellationToken))
        {
            await database.InsertIfAbsentAsync(
                new AllowlistEntry
                {
                    Namespace = to, Status = entry.Status, FasAccount = entry.FasAccount, ChangedAt = entry.ChangedAt, CommandId = entry.CommandId,
                },
                cancellationToken);
        }
    }

    private static async Task<bool> RemoveAsync(PackitDb database, AllowlistEntry entry, CancellationToken cancellationToken) =>
        await database.Allowlist.Where(known => known.Namespace == entry.Namespace).ExecuteDeleteAsync(cancellationToken) == 1;

    /// <summary>The entries of a name and of everything below it.</summary>
    private static Task<List<AllowlistEntry>> EntriesAsync(PackitDb database, string name, CancellationToken cancellationToken)
    {
        var lower = name.ToLowerInvariant();
        var below = lower + "/";
        return database.Allowlist.AsNoTracking().Where(entry => entry.Namespace.ToLower() == lower || entry.Namespace.ToLower().StartsWith(below))
            .ToListAsync(cancellationToken);
    }

    private static async Task RenameAsync(PackitDb database, GitProject project, string owner, string name, CancellationToken cancellationToken)
    {
        var root = project.ProjectUrl[..project.ProjectUrl.LastIndexOf($"{project.Namespace}/{project.RepoName}", StringComparison.OrdinalIgnoreCase)];
        var url = $"{root}{owner}/{name}";
        if (await database.Projects.FirstOrDefaultAsync(other => other.ProjectUrl == url && other.Id != project.Id, cancellationToken) is { } inTheWay)
        {
            SetAside(inTheWay);
            await database.SaveChangesAsync(cancellationToken);
        }

        (project.Namespace, project.RepoName, project.ProjectUrl) = (owner, name, url);
    }

    // The fragment leads nowhere: it only keeps apart what had one name at different times.
    private static void SetAside(GitProject project) =>
        project.ProjectUrl = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{project.ProjectUrl.Split('#')[0]}{Aside}{project.ForgeId ?? project.Id}");
}
