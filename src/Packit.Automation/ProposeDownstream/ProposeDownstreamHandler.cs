using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Agreements;
using Packit.Automation.Comments;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Automation.Workspaces;
using Packit.GitHub;
using Packit.Http;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Takes a target through one attempt: claims it, works, stores the end, shows it, and sees to what comes next.</summary>
public sealed partial class ProposeDownstreamHandler(
    IPackitDbFactory databases,
    TargetRows rows,
    TargetLogSink logs,
    WorkspacePool workspaces,
    ProposeDownstreamWork work,
    TargetReporter reporter,
    WaitingTargets waiting,
    GitHubClient github,
    AnswerQueue answers,
    IJobQueue queue,
    TimeProvider time,
    ILogger<ProposeDownstreamHandler> logger) : IJobHandler
{
    /// <summary>How long after its time a target may still be on its way through the engine.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromSeconds(30);

    /// <summary>The name of this process's claims.</summary>
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    public string Kind => ProposeDownstreamJob.Kind;

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        if (!await rows.TryBeginAsync(rowId, _owner, cancellationToken))
        {
            return;
        }

        var target = await TargetContext.LoadAsync(databases, rowId, cancellationToken);
        var log = new TargetLog(rowId, logs, time);
        var forge = github.Repository(target.Upstream.Name, target.Upstream.InstallationId);
        await using var heartbeat = time.CreateTimer(_ => _ = RenewAsync(rowId), null, TargetRows.Lease / 4, TargetRows.Lease / 4);

        // The first sign and the work go on side by side; the last sign waits for the first.
        var started = reporter.StartedAsync(target, forge, cancellationToken);
        var outcome = await AttemptAsync(target, forge, log, cancellationToken);
        await started;

        if (await rows.EndAsync(rowId, _owner, outcome, cancellationToken) is not { } ended)
        {
            LogLost(rowId);
            return;
        }

        Tell(log, ended, outcome);
        await reporter.EndedAsync(target, ended, forge, cancellationToken);
        await answers.ChangedAsync(target.Run.CommandId, cancellationToken);
        if (ended.Status != SyncReleaseTargetStatus.Retry)
        {
            await queue.EnqueueAsync(RunReportJob.Of(target.Run, target.Branch), cancellationToken);
        }
        else if (ended.FailureCode != FailureCodes.AgreementAwaited)
        {
            await queue.EnqueueAsync(ProposeDownstreamJob.Next(ended, target.Package), cancellationToken);
        }

        await waiting.LookAfterAsync(target.Package, target.Release.ProjectId, cancellationToken);
        await waiting.ShowAsync(rowId, ended, cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var late = now - OrphanAge;
        await using var database = databases.Create();
        var orphans = await database.Targets.AsNoTracking().Include(row => row.Run)
            .Where(row => (SyncReleaseTargetStates.Waiting.Contains(row.Status) && (row.NextAttemptAt ?? row.SubmittedTime) < late)
                || (row.Status == SyncReleaseTargetStatus.Running && (row.LeaseUntil == null || row.LeaseUntil < now)))
            .ToListAsync(cancellationToken);
        return [.. orphans.Select(target => ProposeDownstreamJob.Next(target, target.Run.DownstreamPackage))];
    }

    private async Task<TargetOutcome> AttemptAsync(TargetContext target, GitHubRepository forge, TargetLog log, CancellationToken cancellationToken)
    {
        if (target.Target.Attempts - target.Target.Delays > TargetRows.MaxAttempts)
        {
            // Most likely it takes its worker with it each time.
            return new TargetOutcome.Failed(Failure.Bug(
                FailureCodes.Internal, ProposeDownstreamTexts.NeverEnded(target.Target.Attempts - 1, $"target {target.Target.Id}")));
        }

        var round = target.Target.FailureCode == FailureCodes.AgreementAwaited ? target.Target.Attempts : 0;
        await using var lease = workspaces.Acquire(new WorkspaceKey(target.Run.Id, round));
        try
        {
            return await work.RunAsync(target, forge, lease.Workspace, log, cancellationToken);
        }
        catch (EgressDeniedException denied)
        {
            return new TargetOutcome.Failed(Failure.Rejected(FailureCodes.ArchiveRefused, denied.Message));
        }
        catch (InstallationUnavailableException suspended) when (suspended.IsSuspended)
        {
            LogRemote(target.Target.Id, suspended);
            return new TargetOutcome.Failed(Failure.Transient(
                FailureCodes.AppSuspended, InstallingTexts.TargetSuspended(target.Upstream.Name.Owner)));
        }
        catch (RemoteException remote)
        {
            LogRemote(target.Target.Id, remote);
            return new TargetOutcome.Failed(RemoteFailures.Describe(remote), remote.RetryAfter);
        }
        catch (Exception bug) when (bug is not OperationCanceledException and not DbUpdateException and not System.Data.Common.DbException)
        {
            LogBug(target.Target.Id, bug);
            return new TargetOutcome.Failed(Failure.Bug(FailureCodes.Internal, ProposeDownstreamTexts.Internal($"target {target.Target.Id}")));
        }
    }

    private static void Tell(TargetLog log, SyncReleaseTarget ended, TargetOutcome outcome)
    {
        switch (outcome)
        {
            case TargetOutcome.Submitted:
                log.Info(ProposeDownstreamTexts.Finished);
                break;
            case TargetOutcome.Skipped skipped:
                log.Warning(skipped.Reason);
                break;
            case TargetOutcome.Awaits awaits:
                log.Info(awaits.Text);
                break;
            case TargetOutcome.Failed failed when ended.NextAttemptAt is { } next:
                log.Warning($"{failed.Failure.Text} Next attempt at {ProposeDownstreamTexts.Instant(next)}.");
                break;
            case TargetOutcome.Failed failed:
                log.Error(failed.Failure.Text);
                break;
        }
    }

    private async Task RenewAsync(int targetId)
    {
        try
        {
            await rows.RenewAsync(targetId, _owner, CancellationToken.None);
        }
        catch (System.Data.Common.DbException away)
        {
            LogNotRenewed(targetId, away);
        }
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Warning, Message = "Target {Target}: a remote service failed")]
    private partial void LogRemote(int target, Exception cause);

    [LoggerMessage(EventId = 4202, Level = LogLevel.Error, Message = "Target {Target}: a bug ended the attempt")]
    private partial void LogBug(int target, Exception cause);

    [LoggerMessage(EventId = 4204, Level = LogLevel.Warning, Message = "Target {Target}: another worker took the attempt over; its end counts")]
    private partial void LogLost(int target);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Warning, Message = "Target {Target}: the lease was not renewed")]
    private partial void LogNotRenewed(int target, Exception cause);
}
