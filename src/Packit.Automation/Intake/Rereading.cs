using Microsoft.EntityFrameworkCore;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>Lets a delivery be read once more, because what decided about it has changed.</summary>
public sealed class Rereading
{
    private readonly IPackitDbFactory _databases;
    private readonly WakeUps _wakeUps;
    private readonly TimeProvider _time;

    internal Rereading(IPackitDbFactory databases, WakeUps wakeUps, TimeProvider time)
    {
        _databases = databases;
        _wakeUps = wakeUps;
        _time = time;
    }

    /// <summary>Puts a delivery that was read to its end back into the inbox; what was decided then is decided anew.</summary>
    /// <param name="deliveryId">Row of the delivery.</param>
    /// <param name="why">What its row says until it is read.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when it waits to be read, or is being read, anyway.</returns>
    public async Task<bool> AskAsync(long deliveryId, string why, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        await using var database = _databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var reset = await ReopenAsync(
            database.Deliveries.Where(row => row.Id == deliveryId && row.State == DeliveryState.Handled), why, now, cancellationToken);
        if (reset == 0)
        {
            return false;
        }

        await database.Decisions.Where(row => row.DeliveryId == deliveryId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _wakeUps.Raise(WakeUps.Inbox);
        return true;
    }

    /// <summary>Puts back those of GitHub's deliveries that were given up: somebody delivers them again, and GitHub gives them no new name then.</summary>
    /// <param name="database">The unit of work.</param>
    /// <param name="deliveryIds">Their names.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many there were.</returns>
    internal static Task<int> RetryAsync(PackitDb database, IReadOnlyCollection<string> deliveryIds, DateTimeOffset now, CancellationToken cancellationToken) => ReopenAsync(
        database.Deliveries.Where(
            row => row.Source == DeliverySource.GitHub && deliveryIds.Contains(row.DeliveryId) && row.State == DeliveryState.Failed),
        IntakeTexts.DeliveredAgain, now, cancellationToken);

    // What it did wrong, and how long it has waited, belongs to its first life.
    private static Task<int> ReopenAsync(IQueryable<InboxDelivery> rows, string why, DateTimeOffset now, CancellationToken cancellationToken) => rows.ExecuteUpdateAsync(
        change => change
            .SetProperty(row => row.State, DeliveryState.Received)
            .SetProperty(row => row.Attempts, 0)
            .SetProperty(row => row.Faults, 0)
            .SetProperty(row => row.ReopenedAt, now)
            .SetProperty(row => row.NextAttemptAt, now)
            .SetProperty(row => row.HandledAt, (DateTimeOffset?)null)
            .SetProperty(row => row.Outcome, why),
        cancellationToken);
}
