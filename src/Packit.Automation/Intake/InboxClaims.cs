using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>
/// Who reads which delivery. A claim is a lease in the row: nobody else gets the row before the lease ends, and whoever has lost it can
/// write nothing any more.
/// </summary>
internal sealed class InboxClaims(Database database, string owner)
{
    // Webhooks before what the bus says: of the bus there may be tens of thousands, and somebody waits for what a webhook tells (by name: github
    // comes after fedora-messaging). Then the oldest first, and no more bytes than asked for, except for a single large one. A window over locked rows needs a step of its own.
    private const string PostgresClaim = """
        WITH due AS MATERIALIZED (
            SELECT id, source, next_attempt_at, octet_length(body) AS bytes FROM inbox_deliveries
            WHERE state = 'received' AND next_attempt_at <= {2} AND (claimed_until IS NULL OR claimed_until < {2})
            ORDER BY source DESC, next_attempt_at, id LIMIT {3} FOR UPDATE SKIP LOCKED),
        taken AS (
            SELECT id, sum(bytes) OVER line AS total, row_number() OVER line AS place FROM due
            WINDOW line AS (ORDER BY source DESC, next_attempt_at, id))
        UPDATE inbox_deliveries SET claimed_by = {0}, claimed_until = {1}, attempts = attempts + 1, faults = faults + 1
        WHERE id IN (SELECT id FROM taken WHERE place = 1 OR total <= {4})
        RETURNING *
        """;

    // SQLite has one writer at a time, so there are no locked rows to skip.
    private const string SqliteClaim = """
        WITH due AS (
            SELECT id, source, next_attempt_at, length(body) AS bytes FROM inbox_deliveries
            WHERE state = 'received' AND next_attempt_at <= {2} AND (claimed_until IS NULL OR claimed_until < {2})
            ORDER BY source DESC, next_attempt_at, id LIMIT {3}),
        taken AS (
            SELECT id, sum(bytes) OVER line AS total, row_number() OVER line AS place FROM due
            WINDOW line AS (ORDER BY source DESC, next_attempt_at, id))
        UPDATE inbox_deliveries SET claimed_by = {0}, claimed_until = {1}, attempts = attempts + 1, faults = faults + 1
        WHERE id IN (SELECT id FROM taken WHERE place = 1 OR total <= {4})
        RETURNING *
        """;

    private const string PostgresFinish = """
        UPDATE inbox_deliveries AS d
        SET state = o.state, outcome = o.outcome, handled_at = {0}, claimed_by = NULL, claimed_until = NULL
        FROM unnest({1}, {2}, {3}) AS o (id, state, outcome)
        WHERE d.id = o.id AND d.claimed_by = {4} AND d.state = 'received'
        RETURNING d.id
        """;

    private const string SqliteFinish = """
        UPDATE inbox_deliveries
        SET state = o.state, outcome = o.outcome, handled_at = {0}, claimed_by = NULL, claimed_until = NULL
        FROM (
            SELECT json_extract(value, '$.Id') AS id, json_extract(value, '$.State') AS state, json_extract(value, '$.Outcome') AS outcome
            FROM json_each({1})) AS o
        WHERE inbox_deliveries.id = o.id AND claimed_by = {2} AND inbox_deliveries.state = 'received'
        RETURNING id
        """;

    /// <summary>Bytes of bodies that one claim brings into memory.</summary>
    private const long ClaimBytes = 16 << 20;

    private static readonly UnixMicrosecondsConverter Microseconds = new();

    /// <summary>Takes up to <paramref name="most"/> due deliveries, with their bodies, and counts the attempt, as a fault until it ends with a word.</summary>
    /// <returns>Rows that are now this owner's: webhooks first, then the oldest first.</returns>
    public async Task<IReadOnlyList<InboxDelivery>> ClaimAsync(int most, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        var claimed = database.Provider == DatabaseProvider.PostgreSql
            ? db.Deliveries.FromSqlRaw(PostgresClaim, owner, until, now, most, ClaimBytes)
            : db.Deliveries.FromSqlRaw(
                SqliteClaim, owner, Microseconds.ConvertToProvider(until)!, Microseconds.ConvertToProvider(now)!, most, ClaimBytes);
        var rows = await claimed.AsNoTracking().ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.Source).ThenBy(row => row.NextAttemptAt).ThenBy(row => row.Id)];
    }

    /// <summary>Keeps the claims for longer.</summary>
    public async Task RenewAsync(IReadOnlyCollection<long> ids, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        await db.Deliveries
            .Where(row => ids.Contains(row.Id) && row.ClaimedBy == owner && row.State == DeliveryState.Received)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedUntil, until), cancellationToken);
    }

    /// <summary>Stores in one statement what came of deliveries for good.</summary>
    /// <returns>The ids of those whose claim was held; what came of the others belongs to somebody else.</returns>
    public async Task<IReadOnlySet<long>> FinishAsync(IReadOnlyList<FinishedDelivery> finished, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        var stored = database.Provider == DatabaseProvider.PostgreSql
            ? db.Database.SqlQueryRaw<long>(
                PostgresFinish, at, finished.Select(row => row.Id).ToArray(), finished.Select(row => WireNames<DeliveryState>.Of(row.State)).ToArray(),
                finished.Select(row => row.Outcome).ToArray(), owner)
            : db.Database.SqlQueryRaw<long>(
                SqliteFinish, Microseconds.ConvertToProvider(at)!,
                JsonSerializer.Serialize(finished.Select(row => new { row.Id, State = WireNames<DeliveryState>.Of(row.State), row.Outcome })), owner);
        return (await stored.ToListAsync(cancellationToken)).ToHashSet();
    }

    /// <summary>Gives the delivery back, to be read again at <paramref name="next"/>.</summary>
    /// <param name="id">Its row.</param>
    /// <param name="outcome">What is waited for.</param>
    /// <param name="next">When it is due.</param>
    /// <param name="isFault">Whether the attempt counts against the delivery itself; one that ends without a word does anyway.</param>
    /// <param name="cancellationToken">Ends the storing.</param>
    public async Task PostponeAsync(long id, string outcome, DateTimeOffset next, bool isFault, CancellationToken cancellationToken)
    {
        var forgiven = isFault ? 0 : 1;
        await using var db = database.Create();
        await db.Deliveries.Where(row => row.Id == id && row.ClaimedBy == owner && row.State == DeliveryState.Received).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Outcome, outcome)
                .SetProperty(row => row.Faults, row => row.Faults - forgiven)
                .SetProperty(row => row.NextAttemptAt, next)
                .SetProperty(row => row.ClaimedBy, (string?)null)
                .SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Gives deliveries back at once and takes the attempt back too: they were cut off by no fault of their own.</summary>
    public async Task ReleaseAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var db = database.Create();
        await db.Deliveries
            .Where(row => ids.Contains(row.Id) && row.ClaimedBy == owner && row.State == DeliveryState.Received)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Attempts, row => row.Attempts - 1)
                    .SetProperty(row => row.Faults, row => row.Faults - 1)
                    .SetProperty(row => row.ClaimedBy, (string?)null)
                    .SetProperty(row => row.ClaimedUntil, (DateTimeOffset?)null),
                cancellationToken);
    }
}

/// <summary>What came of a delivery for good.</summary>
/// <param name="Id">Its row.</param>
/// <param name="State">Not <see cref="DeliveryState.Received"/>.</param>
/// <param name="Outcome">One sentence.</param>
internal sealed record FinishedDelivery(long Id, DeliveryState State, string Outcome);
