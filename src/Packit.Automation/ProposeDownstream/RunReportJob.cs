using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.Matching;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Http;
using Packit.PackageConfig;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Ends a run when all its branches have ended: reports failures in an issue, or closes the issue of an earlier run.</summary>
public sealed partial class RunReportJob(
    IPackitDbFactory databases,
    IssueReporter issues,
    TargetReporter reporter,
    ForkAccess forkAccess,
    AnswerQueue answers,
    GitHubClient github,
    DistGitAddresses addresses,
    DashboardAddresses dashboard,
    IOptions<ServiceOptions> service,
    TimeProvider time,
    ILogger<RunReportJob> logger) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "propose-downstream-report";

    public string Kind => KindName;

    /// <summary>The engine's job for a run. Reports of one release are made one after another.</summary>
    /// <param name="run">The run.</param>
    /// <param name="occasion">Why now; each occasion has its own job, so that the last one is never taken for an earlier one.</param>
    public static QueuedJob Of(SyncReleaseRun run, string occasion)
    {
        ArgumentNullException.ThrowIfNull(run);
        var name = string.Create(CultureInfo.InvariantCulture, $"{KindName}/{run.Id}/{occasion}");
        return new QueuedJob(KindName, run.Id, name, string.Create(CultureInfo.InvariantCulture, $"report@{run.ProjectEventId}"));
    }

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var run = await database.Runs
            .Include(row => row.Targets).Include(row => row.Config)
            .Include(row => row.ProjectEvent).ThenInclude(cause => cause.Release).ThenInclude(release => release.Project)
            .SingleAsync(row => row.Id == rowId, cancellationToken);
        if (run.Status != SyncReleaseStatus.Running || run.Targets.Any(target => SyncReleaseTargetStates.Open.Contains(target.Status)))
        {
            return;
        }

        var failed = run.Targets.Where(target => target.Status == SyncReleaseTargetStatus.Error).ToList();
        var newest = await NewestAsync(database, run.ProjectEventId, cancellationToken);
        await ShowEndsAsync(run, newest, cancellationToken);
        try
        {
            await ReportAsync(run, failed, newest, cancellationToken);
        }
        catch (RemoteException refused) when (RemoteFailures.Describe(refused).Kind != FailureKind.Transient)
        {
            // Asking again would change nothing; the checks and the pages of the branches tell the same.
            LogNotReported(run.Id, refused);
        }

        if (run.Targets.Any(target => target.Status == SyncReleaseTargetStatus.Submitted))
        {
            await forkAccess.SyncAsync(run.DownstreamPackage, cancellationToken);
        }

        await answers.ChangedAsync(run.CommandId, cancellationToken);
        run.Status = failed.Count > 0 ? SyncReleaseStatus.Error : SyncReleaseStatus.Finished;
        run.FinishedTime = time.GetUtcNow();
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var runs = await database.Runs.AsNoTracking()
            .Where(run => run.Status == SyncReleaseStatus.Running
                && run.Targets.Any() && run.Targets.All(target => !SyncReleaseTargetStates.Open.Contains(target.Status)))
            .ToListAsync(cancellationToken);
        return [.. runs.Select(run => Of(run, "sweep"))];
    }

    /// <summary>How each branch of each job of the release stands by its newest run.</summary>
    private static async Task<IReadOnlyList<BranchState>> NewestAsync(PackitDb database, int eventId, CancellationToken cancellationToken)
    {
        var all = await database.Targets.AsNoTracking().Where(target => target.Run.ProjectEventId == eventId)
            .Select(target => new BranchState(target.Id, target.Run.ViewIndex, target.Branch, target.Status)).ToListAsync(cancellationToken);
        return [.. all.GroupBy(target => (target.ViewIndex, target.Branch)).Select(group => group.MaxBy(target => target.TargetId)!)];
    }

    /// <summary>Shows how each branch ended, for workers that died between storing an end and showing it. What is shown already is not sent.</summary>
    private async Task ShowEndsAsync(SyncReleaseRun run, IReadOnlyList<BranchState> newest, CancellationToken cancellationToken)
    {
        foreach (var target in run.Targets.Where(target => newest.Any(state => state.TargetId == target.Id)))
        {
            var context = await TargetContext.LoadAsync(databases, target.Id, cancellationToken);
            await reporter.EndedAsync(context, context.Target, Forge(run.ProjectEvent.Release), cancellationToken);
        }
    }

    private GitHubRepository Forge(ProjectRelease release) => github.Repository(release.Project.GitHubName, release.InstallationId);

    private async Task ReportAsync(
        SyncReleaseRun run, List<SyncReleaseTarget> failed, IReadOnlyList<BranchState> newest, CancellationToken cancellationToken)
    {
        var release = run.ProjectEvent.Release;
        var forge = Forge(release);
        if (failed.Count == 0)
        {
            // One issue stands for all jobs of the release: it is closed when none of their branches failed or is still tried.
            if (newest.Any(state => state.Status == SyncReleaseTargetStatus.Error || SyncReleaseTargetStates.Open.Contains(state.Status)))
            {
                return;
            }

            await issues.ResolveAsync(
                forge, release.ProjectId, ProposeDownstreamJob.Kind, release.TagName, FailureIssueTexts.Resolved(release.TagName), cancellationToken);
            return;
        }

        var notifications = ConfigLoader.Reread(run.Config, release.Project.RepoName).Views[run.ViewIndex].Settings.Notifications;
        if (!notifications.FailureIssueCreate || !(await forge.GetAsync(cancellationToken)).HasIssues)
        {
            return;
        }

        await issues.ReportAsync(forge, release.ProjectId, Report(run, release.TagName, failed, notifications), cancellationToken);
    }

    private IssueReport Report(SyncReleaseRun run, string tag, List<SyncReleaseTarget> failed, Notifications notifications) => new(
        ProposeDownstreamJob.Kind,
        tag,
        FailureIssueTexts.Title(tag),
        FailureIssueTexts.Body(
            $"{addresses.WebUrl(run.DownstreamPackage)}.git",
            failed.Select(target => new FailedBranch(target.Branch, target.Message ?? "", dashboard.Target(target.Id))),
            service.Value.CommandPrefix,
            notifications.FailureCommentMessage),
        string.Join('\n', failed.OrderBy(target => target.Branch, StringComparer.Ordinal).Select(target => $"{target.Branch} {target.FailureCode} {target.Message}")),
        CommentOnRepeat: true);

    [LoggerMessage(EventId = 4501, Level = LogLevel.Warning, Message = "The end of run {Run} could not be told in an issue")]
    private partial void LogNotReported(int run, Exception cause);

    private sealed record BranchState(int TargetId, int ViewIndex, string Branch, SyncReleaseTargetStatus Status);
}
