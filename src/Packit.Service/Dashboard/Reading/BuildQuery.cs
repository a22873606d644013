using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>Builds: one with all that is known about it, or a page of the list.</summary>
public sealed class BuildQuery(IPackitDbFactory databases, ShownProjects projects)
{
    internal const int PageSize = 25;

    /// <summary>Reads a build.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<BuildDetails?> ReadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        if (await db.Builds.AsNoTracking().Where(build => build.Id == id).Select(BuildState.Of).SingleOrDefaultAsync(cancellationToken) is not { } state)
        {
            return null;
        }

        var rest = await db.Builds.AsNoTracking().Where(build => build.Id == id)
            .Select(build => new
            {
                build.Group.Project.ProjectUrl,
                build.Group.RequestedBy,
                build.Group.DeliveryId,
                build.BuildLogs,
                build.FailedLog,
                build.LogTail,
                build.Group.PullRequestId,
                PullRequestUrl = build.Group.PullRequest!.Url,
                PullRequest = (int?)build.Group.PullRequest!.PrId,
            })
            .SingleAsync(cancellationToken);
        return new BuildDetails(
            state, rest.ProjectUrl, rest.RequestedBy, rest.PullRequestUrl, rest.PullRequest,
            await ReleaseAsync(db, rest.PullRequestId, cancellationToken), LogLink.Read(rest.BuildLogs),
            rest.FailedLog, rest.LogTail, await DeliveryFactsQuery.ReadAsync(db, projects.DeliveriesIn(db).Where(row => row.Id == rest.DeliveryId), cancellationToken));
    }

    /// <summary>The release that a pull request stands for now; null when there is none that everybody may see.</summary>
    private async Task<ReleaseHead?> ReleaseAsync(PackitDb db, int? pullRequestId, CancellationToken cancellationToken)
    {
        var shown = projects.In(db);
        return pullRequestId is null
            ? null
            : await db.Targets.AsNoTracking()
                .Where(target => target.PullRequests.Any(pull => pull.Id == pullRequestId)
                    && shown.Any(project => project.Id == target.Run.ProjectEvent.Release.ProjectId))
                .OrderByDescending(target => target.Id)
                .Select(target => target.Run.ProjectEvent.Release)
                .Select(Projections.Head)
                .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Reads a page of the list, newest first.</summary>
    public async Task<JobList<BuildState>> ListAsync(int? before, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var builds = await db.Builds.AsNoTracking().Where(build => before == null || build.Id < before)
            .OrderByDescending(build => build.Id).Select(BuildState.Of).Take(PageSize + 1).ToListAsync(cancellationToken);
        return new JobList<BuildState>([.. builds.Take(PageSize)], builds.Count > PageSize ? builds[PageSize - 1].TargetId : null, before is null);
    }
}

/// <summary>A page of a list, newest first.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Older">Where the next page begins; null on the last one.</param>
/// <param name="IsFirst">Whether this is the page with the newest.</param>
public sealed record JobList<T>(IReadOnlyList<T> Rows, int? Older, bool IsFirst);

/// <summary>Everything about a build.</summary>
/// <param name="State">How far it is.</param>
/// <param name="ProjectUrl">The dist-git project.</param>
/// <param name="RequestedBy">Who merged, pushed or asked; null when it is not known.</param>
/// <param name="PullRequestUrl">The pull request whose merge is built; null for a push by hand.</param>
/// <param name="PullRequest">Its number.</param>
/// <param name="Release">The upstream release that it is about; null when it is about none.</param>
/// <param name="Logs">Logs by architecture.</param>
/// <param name="FailedLog">Name of the log that tells why it failed.</param>
/// <param name="LogTail">The end of that log.</param>
/// <param name="Deliveries">What led to it, and what was decided.</param>
public sealed record BuildDetails(
    BuildState State, string ProjectUrl, string? RequestedBy, string? PullRequestUrl, int? PullRequest, ReleaseHead? Release, IReadOnlyList<LogLink> Logs,
    string? FailedLog, string? LogTail, IReadOnlyList<DeliveryFacts> Deliveries);
