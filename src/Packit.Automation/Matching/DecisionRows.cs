using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Automation.Matching;

/// <summary>
/// Keeps why jobs ran or did not run for a delivery. A delivery is read in steps: its event, each command of its comment, the update of each
/// build that was made for it. Each step has its own decisions, and what it decides last replaces what it decided before.
/// </summary>
public sealed class DecisionRows(IPackitDbFactory databases)
{
    /// <summary>Stores what the event of a delivery decided; a repeated reading adds nothing.</summary>
    public Task StoreAsync(long deliveryId, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken) =>
        StoreAsync(deliveryId, "", decisions, cancellationToken);

    /// <summary>Stores what a later step of a delivery decided; a repeated reading adds nothing.</summary>
    /// <param name="deliveryId">Row of the delivery.</param>
    /// <param name="step">The step, see <see cref="DecisionSteps"/>.</param>
    /// <param name="decisions">The decisions.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task StoreAsync(long deliveryId, string step, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Decisions.Where(row => row.DeliveryId == deliveryId && row.Step == step).ExecuteDeleteAsync(cancellationToken);
        for (var position = 0; position < decisions.Count; position++)
        {
            var decision = decisions[position];
            // Two readers at once, after a claim was lost: the one that comes first is believed.
            await database.InsertIfAbsentAsync(
                new JobDecision
                {
                    DeliveryId = deliveryId, Step = step, Position = position, Job = StoredText.Of(decision.Job),
                    Package = decision.Package is { } package ? StoredText.Of(package) : null, Matched = decision.Matched, Ground = decision.Ground,
                    Commit = decision.Commit, Reason = StoredText.Of(decision.Reason),
                },
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
