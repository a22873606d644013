using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>One release with everything that was done and decided about it: three statements.</summary>
public sealed class ReleaseQuery(IPackitDbFactory databases, ShownProjects projects)
{
    /// <summary>Reads a release.</summary>
    /// <returns>Null when there is none, or when it is of a project that is not shown.</returns>
    public async Task<ReleaseDetails?> ReadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var shown = projects.In(db);
        var head = await db.Releases.AsNoTracking()
            .Where(release => release.Id == id && shown.Any(project => project.Id == release.ProjectId))
            .Select(Projections.Head)
            .SingleOrDefaultAsync(cancellationToken);
        if (head is null)
        {
            return null;
        }

        var states = await db.Targets.AsNoTracking()
            .Where(target => target.Run.ProjectEvent.ReleaseId == id)
            .Select(Projections.State)
            .ToListAsync(cancellationToken);
        var present = Projections.Present(states);
        var earlier = states.Except(present).OrderByDescending(state => state.TargetId).ToList();
        return new ReleaseDetails(head, present, earlier, await DeliveriesAsync(db, id, states, cancellationToken));
    }

    private Task<IReadOnlyList<DeliveryFacts>> DeliveriesAsync(
        PackitDb db, int releaseId, List<BranchState> states, CancellationToken cancellationToken)
    {
        var ids = states.Select(state => state.DeliveryId).Distinct().ToList();
        return DeliveryFactsQuery.ReadAsync(
            db,
            projects.DeliveriesIn(db).Where(delivery =>
                ids.Contains(delivery.Id) || db.Releases.Any(release => release.Id == releaseId && release.LastDeliveryId == delivery.Id)),
            cancellationToken);
    }
}
