using System.Globalization;
using Packit.Automation.Failures;
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

    /// <summary>The end of an attempt: final, or what is waited for and until when. Repeating it sends nothing twice.</summary>
    public Task EndedAsync(TargetContext target, SyncReleaseTarget ended, GitHubRepository forge, CancellationToken cancellationToken) =>
        ShowAsync(target, forge, View(ended, Page(target)), cancellationToken);

    // Made from the row alone, so that it can be made again when the worker that stored the row is gone.
    private static CheckView View(SyncReleaseTarget ended, string page)
    {
        var message = ended.Message ?? "";
        return ended.Status switch
        {
            SyncReleaseTargetStatus.Submitted => new CheckView(CheckPhase.Success, ProposeDownstreamTexts.Finished, page),
            SyncReleaseTargetStatus.Skipped => new CheckView(CheckPhase.Neutral, ProposeDownstreamTexts.Skipped(FirstLine(message)), page, message),
            SyncReleaseTargetStatus.Error => new CheckView(CheckPhase.Failure, ProposeDownstreamTexts.Failed(FirstLine(message)), page, message),
            SyncReleaseTargetStatus.Retry when ended.FailureCode == FailureCodes.AgreementAwaited =>
                new CheckView(CheckPhase.Queued, FirstLine(message), page),
            SyncReleaseTargetStatus.Retry => new CheckView(
                CheckPhase.Queued,
                ProposeDownstreamTexts.Waiting(
                    ended.FailureCode, ended.NextAttemptAt!.Value, ended.Retries + 1, TargetRows.ScheduleOf(ended.FailureCode).Count + 1),
                page, message),
            SyncReleaseTargetStatus.Queued or SyncReleaseTargetStatus.Running =>
                throw new InvalidOperationException($"Target {ended.Id} has not come to an end."),
        };
    }

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
