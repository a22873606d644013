using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Http;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Takes an update through one attempt: claims it, works, stores the end, and sees to what comes next.</summary>
public sealed partial class BodhiUpdateHandler(
    IPackitDbFactory databases,
    UpdateRows rows,
    BodhiUpdateWork work,
    IJobQueue queue,
    TimeProvider time,
    ILogger<BodhiUpdateHandler> logger) : IJobHandler
{
    /// <summary>How long after its time an update may still be on its way through the engine.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromSeconds(30);

    /// <summary>The name of this process's claims.</summary>
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    public string Kind => BodhiUpdateJob.Kind;

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        if (!await rows.TryBeginAsync(rowId, _owner, cancellationToken))
        {
            return;
        }

        var update = await UpdateContext.LoadAsync(databases, rowId, cancellationToken);
        await using var heartbeat = time.CreateTimer(_ => _ = RenewAsync(rowId), null, UpdateRows.Lease / 4, UpdateRows.Lease / 4);
        var outcome = await AttemptAsync(update, cancellationToken);
        if (await rows.EndAsync(rowId, _owner, outcome, cancellationToken) is not { } ended)
        {
            LogLost(rowId);
            return;
        }

        LogEnded(rowId, ended.Status, ended.KojiNvrs, ended.Alias, ended.Message);
        await queue.EnqueueAsync(
            BodhiUpdateStates.Open.Contains(ended.Status) ? BodhiUpdateJob.Next(ended, update.Package) : UpdateReportJob.Of(ended), cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var late = now - OrphanAge;
        await using var database = databases.Create();
        var orphans = await database.Updates.AsNoTracking().Include(row => row.Group)
            .Where(row => BodhiUpdateStates.Open.Contains(row.Status)
                && (row.LeaseUntil == null ? (row.NextAttemptAt ?? row.SubmittedTime) < late : row.LeaseUntil < now))
            .ToListAsync(cancellationToken);
        return [.. orphans.Select(target => BodhiUpdateJob.Next(target, target.Group.DownstreamPackage, "sweep"))];
    }

    private async Task<UpdateOutcome> AttemptAsync(UpdateContext update, CancellationToken cancellationToken)
    {
        if (update.Target.Attempts - update.Target.Delays > UpdateRows.MaxAttempts)
        {
            // Most likely it takes its worker with it each time.
            return new UpdateOutcome.Failed(Failure.Bug(
                FailureCodes.Internal, ProposeDownstreamTexts.NeverEnded(update.Target.Attempts - 1, $"update {update.Target.Id}")));
        }

        try
        {
            return await work.RunAsync(update, _owner, cancellationToken);
        }
        catch (RemoteException remote)
        {
            LogRemote(update.Target.Id, remote);
            return new UpdateOutcome.Failed(RemoteFailures.Describe(remote), remote.RetryAfter);
        }
        catch (Exception bug) when (bug is not OperationCanceledException and not DbUpdateException and not System.Data.Common.DbException)
        {
            LogBug(update.Target.Id, bug);
            return new UpdateOutcome.Failed(Failure.Bug(FailureCodes.Internal, ProposeDownstreamTexts.Internal($"update {update.Target.Id}")));
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

    [LoggerMessage(EventId = 4900, Level = LogLevel.Information, Message = "Update {Target} is {Status}: {Nvrs}, {Alias} {Text}")]
    private partial void LogEnded(int target, BodhiUpdateStatus status, string nvrs, string? alias, string? text);

    [LoggerMessage(EventId = 4901, Level = LogLevel.Warning, Message = "Update {Target}: a remote service failed")]
    private partial void LogRemote(int target, Exception cause);

    [LoggerMessage(EventId = 4902, Level = LogLevel.Error, Message = "Update {Target}: a bug ended the attempt")]
    private partial void LogBug(int target, Exception cause);

    [LoggerMessage(EventId = 4903, Level = LogLevel.Warning, Message = "Update {Target}: another worker took the attempt over; its end counts")]
    private partial void LogLost(int target);

    [LoggerMessage(EventId = 4904, Level = LogLevel.Warning, Message = "Update {Target}: the lease was not renewed")]
    private partial void LogNotRenewed(int target, Exception cause);
}
