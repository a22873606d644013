using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Installing;

/// <summary>
/// What happens to branches of releases when the App comes and goes: those of a suspended installation wait, those of a removed one end.
/// What a worker has in its hands finds out by itself.
/// </summary>
public sealed class InstalledWork(
    IPackitDbFactory databases, TargetSignals signals, IJobQueue queue, IOptions<ServiceOptions> service, TimeProvider time)
{
    /// <summary>Lets everything of a suspended installation wait. It is looked at each day, for the case that nobody tells of its end.</summary>
    public async Task PauseAsync(GitHubInstallation installation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(installation);
        var text = InstallingTexts.TargetSuspended(installation.AccountLogin);
        var next = time.GetUtcNow() + RetrySchedule.Suspended[0];
        await using var database = databases.Create();
        var open = await OpenOf(database, installation.InstallationId).ToListAsync(cancellationToken);
        foreach (var target in open)
        {
            await database.Targets.Where(row => row.Id == target.Id && SyncReleaseTargetStates.Waiting.Contains(row.Status)).ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Status, SyncReleaseTargetStatus.Retry)
                    .SetProperty(row => row.NextAttemptAt, next)
                    .SetProperty(row => row.FailureKind, FailureKind.Transient)
                    .SetProperty(row => row.FailureCode, FailureCodes.AppSuspended)
                    .SetProperty(row => row.Message, text),
                cancellationToken);
            signals.Changed(target.Id);
        }
    }

    /// <summary>Lets what waits for a suspended installation go on, and what could not be said meanwhile be said.</summary>
    public async Task ResumeAsync(GitHubInstallation installation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(installation);
        var now = time.GetUtcNow();
        await using var database = databases.Create();

        // Found by the sweep of the answers (AnswerJob).
        await database.CommandComments
            .Where(row => row.InstallationId == installation.InstallationId && row.NotShown != null && row.Wanted != null && row.Shown != row.Wanted)
            .ExecuteUpdateAsync(
                change => change.SetProperty(row => row.NotShown, (string?)null).SetProperty(row => row.WantedAt, now), cancellationToken);
        var waiting = await OpenOf(database, installation.InstallationId).Include(row => row.Run)
            .Where(row => row.FailureCode == FailureCodes.AppSuspended).ToListAsync(cancellationToken);
        foreach (var target in waiting)
        {
            await database.Targets.Where(row => row.Id == target.Id && row.Status == SyncReleaseTargetStatus.Retry).ExecuteUpdateAsync(
                change => change.SetProperty(row => row.NextAttemptAt, now).SetProperty(row => row.Retries, 0), cancellationToken);
            signals.Changed(target.Id);
            target.NextAttemptAt = now;
            await queue.EnqueueAsync(ProposeDownstreamJob.Next(target, target.Run.DownstreamPackage), cancellationToken);
        }
    }

    /// <summary>Ends everything of an installation that is gone, or of some of its repositories.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="repositories">Full names in lower case; null for all.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task EndAsync(GitHubInstallation installation, IReadOnlyList<string>? repositories, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(installation);
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var open = await OpenOf(database, installation.InstallationId)
            .Include(row => row.Run).ThenInclude(run => run.ProjectEvent).ThenInclude(cause => cause.Release).ThenInclude(release => release.Project)
            .ToListAsync(cancellationToken);
        foreach (var target in open)
        {
            var name = target.Run.ProjectEvent.Release.Project.GitHubName.ToString();
            if (repositories?.Contains(name.ToLowerInvariant()) == false)
            {
                continue;
            }

            var text = InstallingTexts.TargetRemoved(repositories is null ? installation.AccountLogin : name, service.Value.CommandPrefix);
            await database.Targets.Where(row => row.Id == target.Id && SyncReleaseTargetStates.Waiting.Contains(row.Status)).ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Status, SyncReleaseTargetStatus.Error)
                    .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.FinishedTime, now)
                    .SetProperty(row => row.FailureKind, FailureKind.UserFixable)
                    .SetProperty(row => row.FailureCode, FailureCodes.AppRemoved)
                    .SetProperty(row => row.Message, text),
                cancellationToken);
            signals.Changed(target.Id);
            await queue.EnqueueAsync(RunReportJob.Of(target.Run, target.Branch), cancellationToken);
        }
    }

    private static IQueryable<SyncReleaseTarget> OpenOf(PackitDb database, long installationId) => database.Targets.AsNoTracking()
        .Where(row => SyncReleaseTargetStates.Waiting.Contains(row.Status) && row.Run.ProjectEvent.Release.InstallationId == installationId);
}
