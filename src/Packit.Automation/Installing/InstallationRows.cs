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

    /// <summary>Notes how an installation stands by GitHub's own word, unless somebody has noted it since GitHub was asked.</summary>
    /// <param name="row">The row.</param>
    /// <param name="noted">Its <see cref="Storage.GitHubInstallation.Noted"/> before GitHub was asked; 0 when there was no row.</param>
    /// <param name="standing">GitHub's word; null when the installation is gone.</param>
    /// <param name="installer">Who has just installed it; null when nobody did.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The row as it is then; null when it was noted meanwhile, and GitHub is to be asked again.</returns>
    public async Task<GitHubInstallation?> NoteAsync(
        GitHubInstallation row, int noted, InstallationStanding? standing, GitHubAccount? installer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        var now = time.GetUtcNow();
        var id = standing?.Id ?? row.InstallationId;
        var suspended = standing?.SuspendedAt;
        var removed = standing is null ? row.RemovedAt ?? now : (DateTimeOffset?)null;
        var (senderId, senderLogin, installed) = installer is null || (installer.Id == row.SenderId && installer.Login == row.SenderLogin)
            ? (row.SenderId, row.SenderLogin, row.InstalledAt)
            : (installer.Id, installer.Login, now);
        await using var database = databases.Create();
        var isNoted = await database.Installations.Where(known => known.Id == row.Id && known.Noted == noted).ExecuteUpdateAsync(
            change => change
                .SetProperty(known => known.Noted, noted + 1)
                .SetProperty(known => known.InstallationId, id)
                .SetProperty(known => known.SuspendedAt, suspended)
                .SetProperty(known => known.RemovedAt, removed)
                .SetProperty(known => known.SenderId, senderId)
                .SetProperty(known => known.SenderLogin, senderLogin)
                .SetProperty(known => known.InstalledAt, installed),
            cancellationToken) == 1;
        return isNoted ? await database.Installations.AsNoTracking().SingleAsync(known => known.Id == row.Id, cancellationToken) : null;
    }
}
