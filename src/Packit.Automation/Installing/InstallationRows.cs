using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Installing;

/// <summary>Rows of accounts that installed the App. An account is known by its id; its login is what it is called today.</summary>
public sealed class InstallationRows(IPackitDbFactory databases, IOptions<GitHubOptions> options, TimeProvider time)
{
    /// <summary>Host of the forge, as in keys of the allowlist.</summary>
    public string Host => new Uri(options.Value.WebUrl).Host;

    /// <summary>Key of an account in the allowlist.</summary>
    public string KeyOf(GitHubInstallation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        return $"{Host}/{installation.AccountLogin}";
    }

    /// <summary>The row of an account; null when it was never seen.</summary>
    public async Task<GitHubInstallation?> FindAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.Installations.AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == accountId, cancellationToken);
    }

    /// <summary>The row of an account, made when it was never seen.</summary>
    public Task<GitHubInstallation> GetAsync(GitHubAccount account, long installationId, CancellationToken cancellationToken) =>
        databases.GetOrCreateAsync(
            row => row.AccountId == account.Id,
            () => new GitHubInstallation
            {
                AccountId = account.Id, AccountLogin = account.Login, AccountType = account.Type, InstallationId = installationId,
                SenderLogin = "", SenderId = 0, InstalledAt = time.GetUtcNow(),
            },
            cancellationToken);

    /// <summary>Rows of other accounts under the same login: somebody took a name over.</summary>
    public async Task<IReadOnlyList<GitHubInstallation>> OthersNamedAsync(GitHubAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var login = account.Login.ToLowerInvariant();
        await using var database = databases.Create();
        return await database.Installations.AsNoTracking()
            .Where(row => row.AccountLogin.ToLower() == login && row.AccountId != account.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Changes the row and gives it back as it is then.</summary>
    public async Task<GitHubInstallation> ChangeAsync(int id, Action<GitHubInstallation> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var database = databases.Create();
        var row = await database.Installations.SingleAsync(known => known.Id == id, cancellationToken);
        change(row);
        await database.SaveChangesAsync(cancellationToken);
        return row;
    }

    /// <summary>
    /// Notes how an installation stands by GitHub's own word; null when it is gone. Installed again it has another number: what the account has asked for, and
    /// what is to be told there, goes through the new one from then on.
    /// </summary>
    public async Task<GitHubInstallation> NoteAsync(int id, InstallationStanding? standing, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (standing is not null)
        {
            await MoveAsync(id, standing.Id, cancellationToken);
        }

        return await ChangeAsync(
            id,
            row =>
            {
                row.InstallationId = standing?.Id ?? row.InstallationId;
                row.SuspendedAt = standing?.SuspendedAt;
                row.RemovedAt = standing is null ? row.RemovedAt ?? now : null;
            },
            cancellationToken);
    }

    // Before the row itself: a repetition does the rest.
    private async Task MoveAsync(int id, long to, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        if (await database.Installations.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken) is not { InstallationId: var from } || from == to)
        {
            return;
        }

        await database.Releases.Where(row => row.InstallationId == from)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.InstallationId, to), cancellationToken);
        await database.CommandComments.Where(row => row.InstallationId == from)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.InstallationId, to), cancellationToken);
        await database.Previews.Where(row => row.InstallationId == from)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.InstallationId, to), cancellationToken);
    }
}
