using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Automation.Access;

/// <summary>Changes how namespaces stand. Names differ in more than case, so case does not count.</summary>
public sealed class AllowlistChanges(IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>The entry of exactly this namespace; null when there is none.</summary>
    public async Task<AllowlistEntry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await FindAsync(database, name, cancellationToken);
    }

    /// <summary>Sets how a namespace stands; to set the same again changes nothing but what is said besides.</summary>
    /// <param name="name"><c>host</c>, <c>host/owner</c> or <c>host/owner/repository.git</c>.</param>
    /// <param name="status">How it stands from now on.</param>
    /// <param name="fasAccount">The account that vouches for it; null leaves the one that is there.</param>
    /// <param name="commandId">The command by which it is approved; 0 when none did.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<AllowlistEntry> SetAsync(
        string name, AllowlistStatus status, string? fasAccount, int commandId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var entry = await FindAsync(database, name, cancellationToken);
        if (entry is null)
        {
            entry = new AllowlistEntry { Namespace = name, Status = status, ChangedAt = now };
            database.Allowlist.Add(entry);
        }

        entry.ChangedAt = entry.Status == status ? entry.ChangedAt ?? now : now;
        (entry.Status, entry.FasAccount, entry.CommandId) = (status, fasAccount ?? entry.FasAccount, commandId);
        await database.SaveChangesAsync(cancellationToken);
        return entry;
    }

    /// <summary>
    /// Sets how a namespace stands as long as nobody has decided: what the service finds out takes a while, and an operator's word that is given
    /// meanwhile counts.
    /// </summary>
    /// <returns>How it stands afterwards, by this call or by whoever was faster.</returns>
    /// <param name="name"><c>host/owner</c>.</param>
    /// <param name="status">How it stands from now on.</param>
    /// <param name="fasAccount">The account that vouches for it; null when none does.</param>
    /// <param name="commandId">The command by which it is approved; 0 when none did.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<AllowlistEntry> SetUndecidedAsync(
        string name, AllowlistStatus status, string? fasAccount, int commandId, CancellationToken cancellationToken)
    {
        var (lower, now) = (name.ToLowerInvariant(), time.GetUtcNow());
        await using var database = databases.Create();
        if (await FindAsync(database, name, cancellationToken) is null)
        {
            await database.InsertIfAbsentAsync(new AllowlistEntry { Namespace = name, Status = AllowlistStatus.Waiting, ChangedAt = now }, cancellationToken);
        }

        if (status != AllowlistStatus.Waiting)
        {
            await database.Allowlist.Where(entry => entry.Namespace.ToLower() == lower && entry.Status == AllowlistStatus.Waiting).ExecuteUpdateAsync(
                change => change
                    .SetProperty(entry => entry.Status, status)
                    .SetProperty(entry => entry.FasAccount, fasAccount)
                    .SetProperty(entry => entry.CommandId, commandId)
                    .SetProperty(entry => entry.ChangedAt, now),
                cancellationToken);
        }

        return await database.Allowlist.AsNoTracking().Where(entry => entry.Namespace.ToLower() == lower)
            .OrderBy(entry => entry.Namespace).FirstAsync(cancellationToken);
    }

    /// <summary>Removes an entry.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var lower = name.ToLowerInvariant();
        await using var database = databases.Create();
        return await database.Allowlist.Where(entry => entry.Namespace.ToLower() == lower).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    private static Task<AllowlistEntry?> FindAsync(PackitDb database, string name, CancellationToken cancellationToken)
    {
        var lower = name.ToLowerInvariant();
        return database.Allowlist.Where(entry => entry.Namespace.ToLower() == lower)
            .OrderBy(entry => entry.Namespace).FirstOrDefaultAsync(cancellationToken);
    }
}
