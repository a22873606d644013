using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>
/// Who reads which delivery. A claim is a lease in the row: nobody else gets the row before the lease ends, and whoever has lost it can
/// write nothing any more.
/// </summary>
internal sealed class InboxClaims(Database database, string owner)
{
    private const string PostgresClaim = """
        UPDATE inbox_deliveries SET claimed_by = {0}, claimed_until = {1}, attempts = attempts + 1
        WHERE id IN (
            SELECT id FROM inbox_deliveries
            WHERE state = 'received' AND next_attempt_at <= {2} AND (claimed_until IS NULL OR claimed_until < {2})
            ORDER BY next_attempt_at, id LIMIT {3} FOR UPDATE SKIP LOCKED)
        RETURNING id
        """;

    // SQLite has one writer at a time, so there are no locked rows to skip.
    private const string SqliteClaim = """
        UPDATE inbox_deliveries SET claimed_by = {0}, claimed_until = {1}, attempts = attempts + 1
        WHERE id IN (
            SELECT id FROM inbox_deliveries
            WHERE state = 'received' AND next_attempt_at <= {2} AND (claimed_until IS NULL OR claimed_until < {2})
            ORDER BY next_attempt_at, id LIMIT {3})
        RETURNING id
        """;

    private static readonly UnixMicrosecondsConverter Microseconds = new();

    /// <summary>Takes up to <paramref name="most"/> due deliveries, oldest first, and counts the attempt.</summary>
    /// <returns>The ids of rows that are now this owner's.</returns>
    public async Task<IReadOnlyList<long>> ClaimAsync(int most, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        var claimed = database.Provider == DatabaseProvider.PostgreSql
            ? db.Database.SqlQueryRaw<long>(PostgresClaim, owner, until, now, most)
            : db.Database.SqlQueryRaw<long>(SqliteClaim, owner, Microseconds.ConvertToProvider(until)!, Microseconds.ConvertToProvider(now)!, most);
        return await claimed.ToListAsync(cancellationToken);
    }

    /// <summary>The claimed delivery with its body; null when the claim is lost.</summary>
    public async Task<InboxDelivery?> LoadAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        return await Mine(db, id).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Keeps the claims for longer.</summary>
    public async Task RenewAsync(IReadOnlyCollection<long> ids, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        await db.Deliveries
            .Where(row => ids.Contains(row.Id) && row.ClaimedBy == owner && row.State == DeliveryState.Received)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedUntil, until), cancellationToken);
    }

    /// <summary>Stores what came of it for good.</summary>
    /// <returns>False when the claim was lost meanwhile: the outcome belongs to somebody else.</returns>
    public async Task<bool> FinishAsync(long id, DeliveryState state, string outcome, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        return await Mine(db, id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, state)
                .SetProperty(row => row.Outcome, outcome)
                .SetProperty(row => row.HandledAt, at)
                .SetProperty(row => row.ClaimedBy, (string?)null)
                .SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null),
            cancellationToken) == 1;
    }

    /// <summary>Gives the delivery back, to be read again at <paramref name="next"/>.</summary>
    public async Task PostponeAsync(long id, string outcome, DateTimeOffset next, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        await Mine(db, id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Outcome, outcome)
                .SetProperty(row => row.NextAttemptAt, next)
                .SetProperty(row => row.ClaimedBy, (string?)null)
                .SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Gives the delivery back at once and takes the attempt back too: it was cut off by no fault of its own.</summary>
    public async Task ReleaseAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        await Mine(db, id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Attempts, row => row.Attempts - 1)
                .SetProperty(row => row.ClaimedBy, (string?)null)
                .SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    private IQueryable<InboxDelivery> Mine(PackitDb db, long id) =>
        db.Deliveries.Where(row => row.Id == id && row.ClaimedBy == owner && row.State == DeliveryState.Received);
}
