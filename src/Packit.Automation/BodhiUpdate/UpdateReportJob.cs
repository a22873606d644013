using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Comments;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Http;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Tells how the creation of an update ended where people look: in issues, and in the pull request in which it was asked for.</summary>
public sealed partial class UpdateReportJob(
    IPackitDbFactory databases,
    UpdateIssues issues,
    PullRequestThread thread,
    AnswerQueue answers,
    DashboardAddresses dashboard,
    TimeProvider time,
    ILogger<UpdateReportJob> logger) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "bodhi-update-report";

    /// <summary>How long an end may be on its way through the engine.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(1);

    /// <summary>What nobody could tell for this long, longer than outages last, is not told any more; the page of the update tells the same.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(30);

    public string Kind => KindName;

    /// <summary>The engine's job for telling of an end.</summary>
    public static QueuedJob Of(BodhiUpdateTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new QueuedJob(
            KindName, target.Id,
            string.Create(CultureInfo.InvariantCulture, $"{KindName}/{target.Id}/{WireNames<BodhiUpdateStatus>.Of(target.Status)}"),
            string.Create(CultureInfo.InvariantCulture, $"{KindName}@{target.Id}"));
    }

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        var update = await UpdateContext.LoadAsync(databases, rowId, cancellationToken);
        var status = update.Target.Status;
        if (update.Target.Reported == status || BodhiUpdateStates.Open.Contains(status))
        {
            return;
        }

        await TellAsync(update, cancellationToken);
        await answers.ChangedAsync(update.Group.CommandId, cancellationToken);
        await using var database = databases.Create();
        await database.Updates.Where(row => row.Id == rowId)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.Reported, status), cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset late = now - OrphanAge, oldest = now - GiveUp;
        await using var database = databases.Create();
        var orphans = await database.Updates.AsNoTracking()
            .Where(row => row.FinishedTime != null && row.FinishedTime < late && row.FinishedTime > oldest
                && (row.Reported == null || row.Reported != row.Status))
            .ToListAsync(cancellationToken);
        return [.. orphans.Select(Of)];
    }

    private async Task TellAsync(UpdateContext update, CancellationToken cancellationToken)
    {
        if (update.IsByComment && update.Event.PrId is { } pull)
        {
            await TellAsync(update, () => thread.SayOnceAsync(
                update.Package, pull, string.Create(CultureInfo.InvariantCulture, $"end of update {update.Target.Id}"),
                BodhiUpdateTexts.Ended(update.Target, dashboard.BodhiUpdate(update.Target.Id)), cancellationToken));
        }

        await TellAsync(update, () => issues.TellAsync(update, cancellationToken));
    }

    /// <summary>Tells in one place. One that refuses keeps no other from being told, and would refuse again; the page of the update tells the same.</summary>
    private async Task TellAsync(UpdateContext update, Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (RemoteException refused) when (RemoteFailures.Describe(refused).Kind != FailureKind.Transient)
        {
            LogNotTold(update.Target.Id, refused);
        }
    }

    [LoggerMessage(EventId = 4931, Level = LogLevel.Warning, Message = "The end of update {Update} could not be told everywhere")]
    private partial void LogNotTold(int update, Exception cause);
}
