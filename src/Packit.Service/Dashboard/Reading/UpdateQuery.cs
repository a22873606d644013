using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>Updates: one with all that is known about it, or a page of the list.</summary>
public sealed class UpdateQuery(IPackitDbFactory databases, ShownProjects projects)
{
    /// <summary>Reads an update.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<UpdateDetails?> ReadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        if (await db.Updates.AsNoTracking().Where(update => update.Id == id).Select(UpdateState.Of).SingleOrDefaultAsync(cancellationToken) is not { } state)
        {
            return null;
        }

        var rest = await db.Updates.AsNoTracking().Where(update => update.Id == id)
            .Select(update => new { update.Group.Project.ProjectUrl, update.Group.RequestedBy, update.Group.DeliveryId, update.BuildTargetId, update.SideTag })
            .SingleAsync(cancellationToken);
        return new UpdateDetails(
            state, rest.ProjectUrl, rest.RequestedBy, rest.BuildTargetId, rest.SideTag,
            await DeliveryFactsQuery.ReadAsync(db, projects.DeliveriesIn(db).Where(row => row.Id == rest.DeliveryId), cancellationToken));
    }

    /// <summary>Reads a page of the list, newest first.</summary>
    public async Task<JobList<UpdateState>> ListAsync(int? before, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var updates = await db.Updates.AsNoTracking().Where(update => before == null || update.Id < before)
            .OrderByDescending(update => update.Id).Select(UpdateState.Of).Take(BuildQuery.PageSize + 1).ToListAsync(cancellationToken);
        return new JobList<UpdateState>(
            [.. updates.Take(BuildQuery.PageSize)], updates.Count > BuildQuery.PageSize ? updates[BuildQuery.PageSize - 1].TargetId : null, before is null);
    }
}

/// <summary>Everything about an update.</summary>
/// <param name="State">How far it is.</param>
/// <param name="ProjectUrl">The dist-git project.</param>
/// <param name="RequestedBy">Who built or asked; null when it is not known.</param>
/// <param name="BuildId">Our build that it is made of; null when somebody else built it.</param>
/// <param name="SideTag">The side tag that the builds are from; null for none.</param>
/// <param name="Deliveries">What led to it, and what was decided.</param>
public sealed record UpdateDetails(
    UpdateState State, string ProjectUrl, string? RequestedBy, int? BuildId, string? SideTag, IReadOnlyList<DeliveryFacts> Deliveries);
