using Packit.Automation.Storage;

namespace Packit.Automation.Matching;

/// <summary>Keeps why jobs ran or did not run for a delivery.</summary>
public sealed class DecisionRows(IPackitDbFactory databases)
{
    /// <summary>Stores the decisions of a delivery; a repeated reading adds nothing.</summary>
    public Task StoreAsync(long deliveryId, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken) =>
        StoreAsync(deliveryId, 0, decisions, cancellationToken);

    /// <summary>Stores decisions of a later step of a delivery; a repeated reading adds nothing.</summary>
    /// <param name="deliveryId">Row of the delivery.</param>
    /// <param name="first">Position of the first decision: every step has places of its own.</param>
    /// <param name="decisions">The decisions.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task StoreAsync(long deliveryId, int first, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        await using var database = databases.Create();
        for (var position = 0; position < decisions.Count; position++)
        {
            var decision = decisions[position];
            await database.InsertIfAbsentAsync(
                new JobDecision
                {
                    DeliveryId = deliveryId, Position = first + position, Job = decision.Job, Package = decision.Package, Matched = decision.Matched,
                    Reason = decision.Reason,
                },
                cancellationToken);
        }
    }
}

/// <summary>A decision about one job, or about all of them.</summary>
/// <param name="Job">Name of the job, or of the step that decided.</param>
/// <param name="Package">The package; null when the decision is not about one.</param>
/// <param name="Matched">Whether the job runs.</param>
/// <param name="Reason">One sentence for the maintainer.</param>
public sealed record Decision(string Job, string? Package, bool Matched, string Reason)
{
    public static Decision Of(JobMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return new Decision(JobNames.Of(match.View.Type), match.View.PackageName, match.Matched, match.Reason);
    }
}
