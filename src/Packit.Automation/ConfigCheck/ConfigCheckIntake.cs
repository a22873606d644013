using Packit.Automation.Access;
using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.PackageConfig;

namespace Packit.Automation.ConfigCheck;

/// <summary>
/// Shows what is wrong with a package config where it is changed, before a release depends on it: the check <c>packit:config</c> on commits
/// that touch it. A config that was pushed to the default branch and is good ends the issue about a broken one.
/// </summary>
public sealed class ConfigCheckIntake(
    IPackitDbFactory databases,
    GitHubClient github,
    ConfigSight sight,
    AccessGate gate,
    CheckReporter checks,
    IssueReporter issues,
    DecisionRows decisions)
{
    private static readonly DeliveryOutcome Untouched = new DeliveryOutcome.Handled(DeliveryTexts.ConfigUntouched);

    /// <summary>Looks at a push; repeating it shows nothing twice.</summary>
    /// <exception cref="Http.RemoteException">The forge failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome> HandleAsync(long deliveryId, ServiceEvent.ConfigPushed push, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(push);
        if (await RefusalAsync(deliveryId, AccessEvent.ConfigPushed, push.Repository, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var forge = github.Repository(push.Repository.Name, push.Repository.InstallationId).InBackground();
        if (await ConfigSight.FilesAsync(forge, push.After, cancellationToken) is not { } files)
        {
            return NotVisible(push.After);
        }

        if (!push.IsCertain && await IsSameAsBeforeAsync(forge, push, files, cancellationToken))
        {
            return Untouched;
        }

        var seen = await sight.ReadAsync(forge, push.After, files, cancellationToken);
        var projectId = await ProjectAsync(push.Repository, cancellationToken);
        var (outcome, _) = await ShowAsync(deliveryId, forge, projectId, push.After, seen, cancellationToken);
        if (push.Branch == push.DefaultBranch && seen is { Reading.IsValid: true })
        {
            await EndIssueAsync(forge, projectId, push, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Looks at a pull request; repeating it shows nothing twice.</summary>
    /// <exception cref="Http.RemoteException">The forge failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome> HandleAsync(long deliveryId, ServiceEvent.UpstreamPullRequestChanged pullRequest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pullRequest);
        if (await RefusalAsync(deliveryId, AccessEvent.ConfigProposed, pullRequest.Repository, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var forge = github.Repository(pullRequest.Repository.Name, pullRequest.Repository.InstallationId).InBackground();
        if (await ConfigSight.FilesAsync(forge, pullRequest.Head, cancellationToken) is not { } files)
        {
            return NotVisible(pullRequest.Head);
        }

        if (await IsSameAsBaseAsync(forge, pullRequest, files, cancellationToken))
        {
            return Untouched;
        }

        var seen = await sight.ReadAsync(forge, pullRequest.Head, files, cancellationToken);
        var projectId = await ProjectAsync(pullRequest.Repository, cancellationToken);
        var (outcome, display) = await ShowAsync(deliveryId, forge, projectId, pullRequest.Head, seen, cancellationToken);
        if (seen is { Reading.IsValid: false } && display is CheckDisplay.TitleOnly or CheckDisplay.Refused)
        {
            // No room for the problems there: they are told in the pull request.
            await PullRequestNotes.TellAsync(
                forge, pullRequest.Number, ConfigTexts.InvalidInPullRequest(seen!.Path, Errors(seen)), cancellationToken);
        }

        return outcome;
    }

    /// <summary>Reads the config of a commit again, because somebody asked for its check to run again.</summary>
    /// <returns>How the forge shows it and under which title; null when the forge does not show the commit.</returns>
    /// <exception cref="Http.RemoteException">The forge failed; to be tried again later.</exception>
    public async Task<(CheckDisplay Display, string Title)?> AgainAsync(
        GitHubRepository forge, int projectId, string commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(forge);
        if (await ConfigSight.FilesAsync(forge, commit, cancellationToken) is not { } files)
        {
            return null;
        }

        var view = ConfigCheckTexts.View(await sight.ReadAsync(forge, commit, files, cancellationToken));
        var place = new CheckPlace(projectId, commit, ConfigCheckTexts.CheckName, ConfigCheckTexts.ExternalId);
        return (await checks.ShowAnewAsync(forge, place, view, cancellationToken), view.Title);
    }

    private async Task<DeliveryOutcome?> RefusalAsync(
        long deliveryId, AccessEvent happened, UpstreamRepository repository, CancellationToken cancellationToken)
    {
        if (await gate.DecideAsync(new AccessQuestion(happened, Actor: null) { Repository = repository }, cancellationToken) is not AccessDecision.Refused refused)
        {
            return null;
        }

        await decisions.StoreAsync(
            deliveryId, [new Decision(ConfigCheckTexts.CheckName, null, Matched: false, refused.Reason) { Ground = DecisionGround.Allowlist }], cancellationToken);
        return new DeliveryOutcome.Handled(refused.Reason);
    }

    /// <summary>A push that does not name all of its commits is judged by the files themselves; a new branch by what the default branch has.</summary>
    private static async Task<bool> IsSameAsBeforeAsync(
        GitHubRepository forge, ServiceEvent.ConfigPushed push, ConfigFiles files, CancellationToken cancellationToken)
    {
        var before = push.Before ?? (push.Branch == push.DefaultBranch ? null : await forge.CommitOfBranchAsync(push.DefaultBranch, cancellationToken));
        return before is not null && await ConfigSight.FilesAsync(forge, before, cancellationToken) is { } earlier && files.SameAs(earlier);
    }

    /// <summary>Whether a pull request leaves the config alone: it is that of the base, or of the commit where the two went different ways.</summary>
    private static async Task<bool> IsSameAsBaseAsync(
        GitHubRepository forge, ServiceEvent.UpstreamPullRequestChanged pullRequest, ConfigFiles files, CancellationToken cancellationToken)
    {
        if (await ConfigSight.FilesAsync(forge, pullRequest.Base, cancellationToken) is not { } ofBase)
        {
            return false;
        }

        if (files.SameAs(ofBase))
        {
            return true;
        }

        return await forge.MergeBaseAsync(pullRequest.Base, pullRequest.Head, cancellationToken) is { } fork
            && fork != pullRequest.Base
            && await ConfigSight.FilesAsync(forge, fork, cancellationToken) is { } ofFork
            && files.SameAs(ofFork);
    }

    private async Task<(DeliveryOutcome Outcome, CheckDisplay Display)> ShowAsync(
        long deliveryId, GitHubRepository forge, int projectId, string commit, SeenConfig? seen, CancellationToken cancellationToken)
    {
        var view = ConfigCheckTexts.View(seen);
        await decisions.StoreAsync(
            deliveryId,
            [new Decision(ConfigCheckTexts.CheckName, null, Matched: true, ConfigCheckTexts.Checked(commit, view.Title)) { Ground = DecisionGround.Met, Commit = commit }],
            cancellationToken);
        var display = await checks.ShowToTheEndAsync(
            forge, new CheckPlace(projectId, commit, ConfigCheckTexts.CheckName, ConfigCheckTexts.ExternalId), view, cancellationToken);
        return display == CheckDisplay.Pending
            ? (new DeliveryOutcome.Later(DeliveryTexts.CheckNotTaken(commit)), display)
            : (new DeliveryOutcome.Handled(view.Title), display);
    }

    private async Task EndIssueAsync(GitHubRepository forge, int projectId, ServiceEvent.ConfigPushed push, CancellationToken cancellationToken)
    {
        // Deliveries may come in any order: only what the branch holds now ends the issue.
        if (await issues.IsOpenAsync(projectId, ConfigTexts.IssueKind, ConfigTexts.IssueSubject, cancellationToken)
            && await forge.CommitOfBranchAsync(push.Branch, cancellationToken) == push.After)
        {
            await issues.ResolveAsync(
                forge, projectId, ConfigTexts.IssueKind, ConfigTexts.IssueSubject, ConfigTexts.Resolved(push.After), cancellationToken);
        }
    }

    private async Task<int> ProjectAsync(UpstreamRepository repository, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var project = await database.UpstreamProjectAsync(repository, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        return project.Id;
    }

    private static IEnumerable<ConfigProblem> Errors(SeenConfig seen) =>
        seen.Reading.Problems.Where(problem => problem.Severity == ConfigSeverity.Error);

    private static DeliveryOutcome NotVisible(string commit) => new DeliveryOutcome.Later(DeliveryTexts.CommitNotShown(commit), For: WaitingFor.Visibility);
}
