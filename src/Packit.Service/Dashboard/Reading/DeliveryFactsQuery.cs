using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>Deliveries with the decisions that came of them.</summary>
internal static class DeliveryFactsQuery
{
    public static async Task<IReadOnlyList<DeliveryFacts>> ReadAsync(IQueryable<InboxDelivery> deliveries, CancellationToken cancellationToken)
    {
        var rows = await deliveries.AsNoTracking()
            .OrderBy(delivery => delivery.Id)
            .Select(delivery => new
            {
                delivery.Source,
                delivery.DeliveryId,
                delivery.EventType,
                delivery.ReceivedAt,
                delivery.State,
                delivery.Outcome,
                Decisions = delivery.Decisions
                    .OrderBy(decision => decision.Position)
                    .Select(decision => new DecisionFacts(decision.Job, decision.Package, decision.Matched, decision.Reason))
                    .ToList(),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new DeliveryFacts(
                WireNames<DeliverySource>.Of(row.Source), row.DeliveryId, row.EventType, row.ReceivedAt, WireNames<DeliveryState>.Of(row.State), row.Outcome,
                row.Decisions)),
        ];
    }
}
