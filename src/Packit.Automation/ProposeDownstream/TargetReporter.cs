using System.Diagnostics;
using System.Globalization;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Shows how far a target is, as a check on the release commit.</summary>
public sealed class TargetReporter(CheckReporter checks, DashboardAddresses dashboard)
{
    public Task AcceptedAsync(TargetContext target, GitHubRepository forge, CancellationToken cancellationToken) =>
        ShowAsync(target, forge, new CheckView(CheckPhase.Queued, ProposeDownstreamTexts.Accepted, Page(target)), cancellationToken);

    public Task StartedAsync(TargetContext target, GitHubRepository forge, CancellationToken cancellationToken) =>
        ShowAsync(target, forge, new CheckView(CheckPhase.InProgress, ProposeDownstreamTexts.Starting, Page(target)), cancellationToken);

    /// <summary>The end of an attempt: final, or what is waited for and until when.</summary>
    public Task EndedAsync(
        TargetContext target, SyncReleaseTarget ended, TargetOutcome outcome, GitHubRepository forge, CancellationToken cancellationToken) =>
        ShowAsync(target, forge, View(target, ended, outcome), cancellationToken);

    private CheckView View(TargetContext target, SyncReleaseTarget ended, TargetOutcome outcome) => outcome switch
    {
        TargetOutcome.Submitted => new CheckView(CheckPhase.Success, ProposeDownstreamTexts.Finished, Page(target)),
        TargetOutcome.Skipped skipped => new CheckView(CheckPhase.Neutral, ProposeDownstreamTexts.Skipped(FirstLine(skipped.Reason)), Page(target), skipped.Reason),
        TargetOutcome.Failed failed when ended.NextAttemptAt is { } next => new CheckView(
            CheckPhase.Queued,
            ProposeDownstreamTexts.Waiting(
                failed.Failure, next, ended.Retries + 1, TargetRows.ScheduleOf(failed.Failure).Count + 1),
            Page(target), failed.Failure.Text),
        TargetOutcome.Failed failed => new CheckView(
            CheckPhase.Failure, ProposeDownstreamTexts.Failed(FirstLine(failed.Failure.Text)), Page(target), failed.Failure.Text),
        _ => throw new UnreachableException(),
    };

    private Task ShowAsync(TargetContext target, GitHubRepository forge, CheckView view, CancellationToken cancellationToken) => checks.ShowAsync(
        forge,
        new CheckPlace(
            target.Release.ProjectId, target.Release.CommitHash, ProposeDownstreamTexts.CheckName(target.Branch, target.Run.Identifier),
            target.Run.ProjectEventId.ToString(CultureInfo.InvariantCulture)),
        view,
        cancellationToken);

    private string Page(TargetContext target) => dashboard.Target(target.Target.Id);

    private static string FirstLine(string text) => text.AsSpan().IndexOf('\n') is var end and >= 0 ? text[..end] : text;
}
