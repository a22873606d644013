using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.Sandbox.Service;

namespace Packit.Sandbox.Demo;

/// <summary>How far the service is with the demo's release.</summary>
/// <param name="Targets">The branches.</param>
/// <param name="Builds">What was built of them.</param>
/// <param name="Updates">The updates of the builds.</param>
/// <param name="RunsAreOver">Whether every run has had its last word.</param>
internal sealed record DemoState(
    IReadOnlyList<SyncReleaseTarget> Targets, IReadOnlyList<KojiBuildTarget> Builds, IReadOnlyList<BodhiUpdateTarget> Updates, bool RunsAreOver)
{
    /// <summary>Whether every branch has its pull request, or will not get one.</summary>
    public bool IsProposed => RunsAreOver && Targets.Count > 0 && Targets.All(target => target.FinishedTime is not null);

    /// <summary>Whether nothing more will happen: what was proposed is with its users, or has failed on the way.</summary>
    public bool IsOver => IsProposed && Targets.All(target => target.Status != SyncReleaseTargetStatus.Submitted || IsOverFor(target));

    public static async Task<DemoState> ReadAsync(SandboxService service, CancellationToken cancellationToken)
    {
        await using var database = service.Services.GetRequiredService<IPackitDbFactory>().Create();
        return new DemoState(
            await database.Targets.AsNoTracking().Include(target => target.PullRequests).OrderBy(target => target.Id).ToListAsync(cancellationToken),
            await database.Builds.AsNoTracking().Where(build => build.Status != KojiBuildStatus.Skipped).OrderBy(build => build.Id).ToListAsync(cancellationToken),
            await database.Updates.AsNoTracking().OrderBy(update => update.Id).ToListAsync(cancellationToken),
            await database.Runs.AllAsync(run => run.Status != SyncReleaseStatus.Running, cancellationToken));
    }

    private bool IsOverFor(SyncReleaseTarget target)
    {
        var build = Builds.LastOrDefault(build => build.Branch == target.Branch);
        var update = Updates.LastOrDefault(update => update.Branch == target.Branch);
        return build is { Status: KojiBuildStatus.Failure or KojiBuildStatus.Canceled or KojiBuildStatus.Error }
            || (build is { Status: KojiBuildStatus.Success }
                && (target.Branch == "rawhide" || update is { Status: BodhiUpdateStatus.Error } or { UpdateState: BodhiUpdateState.Stable or BodhiUpdateState.Unpushed }));
    }
}
