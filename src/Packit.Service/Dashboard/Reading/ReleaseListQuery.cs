using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>The list of releases: two statements for a page of any size.</summary>
public sealed class ReleaseListQuery(IPackitDbFactory databases, ShownProjects projects)
{
    private const int PageSize = 25;

    /// <summary>Reads a page.</summary>
    /// <param name="before">Only releases with a smaller id; null for the newest.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ReleaseList> ReadAsync(int? before, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var shown = projects.In(db);
        var heads = await db.Releases.AsNoTracking()
            .Where(release => shown.Any(project => project.Id == release.ProjectId) && (before == null || release.Id < before))
            .OrderByDescending(release => release.Id)
            .Select(Projections.Head)
            .Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        var older = heads.Count > PageSize ? heads[PageSize - 1].Id : (int?)null;
        var page = heads.Take(PageSize).ToList();
        var ids = page.ConvertAll(head => head.Id);
        var states = await db.Targets.AsNoTracking()
            .Where(target => ids.Contains(target.Run.ProjectEvent.Release.Id))
            .Select(Projections.State)
            .ToListAsync(cancellationToken);
        var byRelease = states.ToLookup(state => state.ReleaseId);
        return new ReleaseList([.. page.Select(head => new ReleaseRow(head, Projections.Present(byRelease[head.Id])))], older, before is null);
    }
}
