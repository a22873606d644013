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

namespace Packit.Automation.KojiBuild;

/// <summary>Tells of the present state of a build where people look: on the commit, in the pull request in which it was asked for, in issues.</summary>
public sealed partial class KojiBuildReportJob(
    IPackitDbFactory databases,
    CommitFlags flags,
    KojiBuildIssues issues,
    PullRequestThread thread,
    AnswerQueue answers,
    DashboardAddresses dashboard,
    TimeProvider time,
    ILogger<KojiBuildReportJob> logger) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "koji-build-report";

    /// <summary>How long a change of state may be on its way through the engine.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(1);

    /// <summary>What nobody could tell for this long, longer than outages last, is not told any more; the page of the build tells the same.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(30);

    public string Kind => KindName;

    /// <summary>The engine's job for telling of a state.</summary>
    public static QueuedJob Of(KojiBuildTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new QueuedJob(
            KindName, target.Id,
            string.Create(CultureInfo.InvariantCulture, $"{KindName}/{target.Id}/{WireNames<KojiBuildStatus>.Of(target.Status)}"),
            string.Create(CultureInfo.InvariantCulture, $"{KindName}@{target.Id}"));
    }

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        var build = await KojiBuildContext.LoadAsync(databases, rowId, cancellationToken);
        var status = build.Target.Status;
        if (build.Target.Reported == status)
        {
            return;
        }

        await TellAsync(build, cancellationToken);
        await answers.ChangedAsync(build.Group.CommandId, cancellationToken);
        await using var database = databases.Create();
        await database.Builds.Where(row => row.Id == rowId)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.Reported, status), cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset late = now - OrphanAge, oldest = now - GiveUp;
        await using var database = databases.Create();
        var orphans = await database.Builds.AsNoTracking()
            .Where(row => row.FinishedTime != null && row.FinishedTime < late && row.FinishedTime > oldest
                && (row.Reported == null || row.Reported != row.Status))
            .ToListAsync(cancellationToken);
        return [.. orphans.Select(Of)];
    }

    private async Task TellAsync(KojiBuildContext build, CancellationToken cancellationToken)
    {
        await TellAsync(build, () => flags.ShowAsync(build, cancellationToken));
        if (build.IsByComment && build.Event.PrId is { } pull && !KojiBuildStates.Open.Contains(build.Target.Status))
        {
            await TellAsync(build, () => thread.SayOnceAsync(
                build.Package, pull, string.Create(CultureInfo.InvariantCulture, $"end of build {build.Target.Id}"),
                PullRequestCommandTexts.BuildEnded(build.Target, dashboard.KojiBuild(build.Target.Id)), cancellationToken));
        }

        await TellAsync(build, () => issues.TellAsync(build, cancellationToken));
    }

    /// <summary>Tells in one place. One that refuses keeps no other from being told, and would refuse again; the page of the build tells the same.</summary>
    private async Task TellAsync(KojiBuildContext build, Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (RemoteException refused) when (RemoteFailures.Describe(refused).Kind != FailureKind.Transient)
        {
            LogNotTold(build.Target.Id, refused);
        }
    }

    [LoggerMessage(EventId = 4611, Level = LogLevel.Warning, Message = "The state of build {Build} could not be told everywhere")]
    private partial void LogNotTold(int build, Exception cause);
}
