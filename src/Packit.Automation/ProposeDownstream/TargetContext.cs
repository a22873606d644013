using Microsoft.EntityFrameworkCore;
using Packit.Automation.Events;
using Packit.Automation.Matching;
using Packit.Automation.Storage;
using Packit.PackageConfig;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Everything that is known about a target before the first remote call.</summary>
/// <param name="Target">The branch, not tracked.</param>
/// <param name="Run">Its run.</param>
/// <param name="Release">The release that is proposed.</param>
/// <param name="Upstream">The project that made the release.</param>
/// <param name="View">The job as seen from the package.</param>
/// <param name="Wanted">Branches of all targets of the run: what the shared fetch brings.</param>
public sealed record TargetContext(
    SyncReleaseTarget Target,
    SyncReleaseRun Run,
    ProjectRelease Release,
    UpstreamRepository Upstream,
    JobView View,
    IReadOnlyList<string> Wanted)
{
    public PackageSettings Settings => View.Settings;

    /// <summary>Name of the dist-git repository.</summary>
    public string Package => Run.DownstreamPackage;

    public string Branch => Target.Branch;

    public string WorkingBranch => ProposeDownstreamJob.WorkingBranch(Target.Branch);

    /// <summary>Reads the rows of a target.</summary>
    public static async Task<TargetContext> LoadAsync(IPackitDbFactory databases, int targetId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(databases);
        await using var database = databases.Create();
        var target = await database.Targets.AsNoTracking()
            .Include(row => row.Run).ThenInclude(run => run.Config)
            .Include(row => row.Run).ThenInclude(run => run.ProjectEvent).ThenInclude(cause => cause.Release).ThenInclude(release => release.Project)
            .SingleAsync(row => row.Id == targetId, cancellationToken);
        var wanted = await database.Targets.Where(row => row.RunId == target.RunId).Select(row => row.Branch).ToListAsync(cancellationToken);

        var release = target.Run.ProjectEvent.Release;
        var project = release.Project;
        var config = ConfigLoader.Reread(target.Run.Config, project.RepoName);
        return new TargetContext(
            target, target.Run, release,
            new UpstreamRepository(project.InstanceUrl, project.GitHubName, project.ProjectUrl, IsPrivate: project.IsPrivate, release.InstallationId),
            config.Views[target.Run.ViewIndex], wanted);
    }
}
