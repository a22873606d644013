using Microsoft.EntityFrameworkCore;
using Packit.Automation.Explaining;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>Deliveries with the decisions that came of them.</summary>
internal static class DeliveryFactsQuery
{
    /// <summary>Reads them in the order in which they came.</summary>
    /// <param name="db">The database.</param>
    /// <param name="deliveries">Which: only such as everybody may see.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<DeliveryFacts>> ReadAsync(PackitDb db, IQueryable<InboxDelivery> deliveries, CancellationToken cancellationToken)
    {
        var rows = await deliveries.AsNoTracking()
            .OrderBy(delivery => delivery.Id)
            .Select(delivery => new
            {
                delivery.Id,
                delivery.EventType,
                delivery.ReceivedAt,
                delivery.Outcome,
                Subject = db.Subjects.Where(subject => subject.DeliveryId == delivery.Id).Select(subject => new { subject.What, subject.Actor }).FirstOrDefault(),
                Decisions = delivery.Decisions
                    .OrderBy(decision => decision.Step).ThenBy(decision => decision.Position)
                    .Select(decision => new ExplainedDecision(
                        decision.Step, decision.Job, decision.Package, decision.Matched, decision.Ground, decision.Reason, decision.Commit))
                    .ToList(),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new DeliveryFacts(
                row.Id, row.Subject?.What ?? row.EventType, row.Subject?.Actor, row.ReceivedAt,
                row.Outcome is null ? null : ExplanationTexts.FirstLine(row.Outcome), row.Decisions)),
        ];
    }
}
