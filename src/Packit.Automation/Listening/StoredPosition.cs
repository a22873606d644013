using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;

namespace Packit.Automation.Listening;

/// <summary>The listener's position, in the database that holds the messages too.</summary>
internal sealed class StoredPosition(IPackitDbFactory databases, string listener) : IMessagePosition
{
    public Task<DateTimeOffset?> ReadAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await using var db = databases.Create();
        return await db.MessagePositions.AsNoTracking()
            .Where(row => row.Listener == listener).Select(row => (DateTimeOffset?)row.CompleteUntil).SingleOrDefaultAsync(cancellationToken);
    });

    public Task AdvanceAsync(DateTimeOffset to, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await using var db = databases.Create();
        await db.GetOrCreateAsync(
            row => row.Listener == listener, () => new MessagePosition { Listener = listener, CompleteUntil = to }, cancellationToken);
        return await db.MessagePositions
            .Where(row => row.Listener == listener && row.CompleteUntil < to)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CompleteUntil, to), cancellationToken);
    });

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception away) when (away is DbException or TimeoutException or IOException)
        {
            throw new MessageStoreException($"The database does not keep the position in the stream: {away.GetBaseException().Message}", away);
        }
    }
}
