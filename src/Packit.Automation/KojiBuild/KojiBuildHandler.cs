using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Http;

namespace Packit.Automation.KojiBuild;

/// <summary>Takes a build through one attempt to submit it: claims it, works, stores the end, and sees to what comes next.</summary>
public sealed partial class KojiBuildHandler(
    IPackitDbFactory databases, KojiBuildRows rows, KojiBuildWork work, IJobQueue queue, TimeProvider time, ILogger<KojiBuildHandler> logger) : IJobHandler
{
    /// <summary>How long after its time a build may still be on its way through the engine.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromSeconds(30);

    /// <summary>The name of this process's claims.</summary>
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    public string Kind => KojiBuildJob.Kind;

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        if (!await rows.TryBeginAsync(rowId, _owner, cancellationToken))
        {
            return;
        }

        var build = await KojiBuildContext.LoadAsync(databases, rowId, cancellationToken);
        await using var heartbeat = time.CreateTimer(_ => _ = RenewAsync(rowId), null, KojiBuildRows.Lease / 4, KojiBuildRows.Lease / 4);
        var outcome = await AttemptAsync(build, cancellationToken);
        if (await rows.EndAsync(rowId, _owner, outcome, cancellationToken) is not { } ended)
        {
            LogLost(rowId);
            return;
        }

        LogEnded(rowId, ended.Status, ended.Nvr, ended.TaskId, ended.Message);
        await queue.EnqueueAsync(
            ended.Status == KojiBuildStatus.Retry ? KojiBuildJob.Next(ended, build.Package) : KojiBuildReportJob.Of(ended), cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var late = now - OrphanAge;
        await using var database = databases.Create();
        var orphans = await database.Builds.AsNoTracking().Include(row => row.Group)
            .Where(row => row.TaskId == null && KojiBuildStates.Submitting.Contains(row.Status)
                && (row.LeaseUntil == null ? (row.NextAttemptAt ?? row.SubmittedTime) < late : row.LeaseUntil < now))
            .ToListAsync(cancellationToken);
        return [.. orphans.Select(target => KojiBuildJob.Next(target, target.Group.DownstreamPackage))];
    }

    private async Task<KojiBuildOutcome> AttemptAsync(KojiBuildContext build, CancellationToken cancellationToken)
    {
        var id = build.Target.Id;
        if (build.Target.Attempts - build.Target.Delays > KojiBuildRows.MaxAttempts)
        {
            // Most likely it takes its worker with it each time.
            return new KojiBuildOutcome.Failed(Failure.Bug(FailureCodes.Internal, ProposeDownstreamTexts.NeverEnded(build.Target.Attempts - 1, $"build {id}")));
        }

        try
        {
            return await work.RunAsync(build, _owner, cancellationToken);
        }
        catch (RemoteException remote)
        {
            LogRemote(id, remote);
            return new KojiBuildOutcome.Failed(RemoteFailures.Describe(remote), build.Target.Nvr, remote.RetryAfter);
        }
        catch (Exception bug) when (bug is not OperationCanceledException and not DbUpdateException and not System.Data.Common.DbException)
        {
            LogBug(id, bug);
            return new KojiBuildOutcome.Failed(Failure.Bug(FailureCodes.Internal, ProposeDownstreamTexts.Internal($"build {id}")));
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

    [LoggerMessage(EventId = 4601, Level = LogLevel.Information, Message = "Build {Build} is {Status}: {Nvr}, task {Task} {Text}")]
    private partial void LogEnded(int build, KojiBuildStatus status, string? nvr, long? task, string? text);

    [LoggerMessage(EventId = 4602, Level = LogLevel.Warning, Message = "Build {Build}: a remote service failed")]
    private partial void LogRemote(int build, Exception cause);

    [LoggerMessage(EventId = 4603, Level = LogLevel.Error, Message = "Build {Build}: a bug ended the attempt")]
    private partial void LogBug(int build, Exception cause);

    [LoggerMessage(EventId = 4604, Level = LogLevel.Warning, Message = "Build {Build}: another worker took the attempt over; its end counts")]
    private partial void LogLost(int build);

    [LoggerMessage(EventId = 4605, Level = LogLevel.Warning, Message = "Build {Build}: the lease was not renewed")]
    private partial void LogNotRenewed(int build, Exception cause);
}
