using System.Diagnostics;
using Microsoft.Extensions.Options;
using Packit.Automation.Downstream;
using Packit.Automation.Events;
using Packit.Automation.Explaining;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Pagure;

namespace Packit.Automation.KojiBuild;

/// <summary>Turns a push to dist-git into builds: reads the facts, holds every job against the conditions, and starts those that are left.</summary>
public sealed class KojiBuildIntake(
    DistGitConfigs configs,
    DistributionReleases releases,
    PushConditions conditions,
    PullRequestRows pulls,
    KojiBuildStarter starter,
    DecisionRows decisions,
    DeliverySubjects subjects,
    DistGitAddresses addresses,
    IOptions<ServiceOptions> service,
    IOptions<DistGitOptions> distGit)
{
    /// <summary>For how long a push is looked at again because dist-git does not show all of it yet.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Handles a push; repeating it for the same delivery starts nothing twice.</summary>
    /// <exception cref="Http.RemoteException">dist-git failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome> HandleAsync(InboxDelivery delivery, ServiceEvent.DistGitPushed pushed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(pushed);
        if (pushed.Project.Namespace != distGit.Value.Namespace)
        {
            return new DeliveryOutcome.Handled($"Packages are in the namespace {distGit.Value.Namespace}, and this is {pushed.Project}.");
        }

        configs.Pushed(pushed.Project.Name, pushed.Push.Branch);
        return await configs.OfCommitAsync(pushed.Project.Name, pushed.Push.EndCommit, cancellationToken) switch
        {
            LoadedConfig.Missing => await FollowPullRequestAsync(pushed, "The package has no package config.", cancellationToken),
            LoadedConfig.Invalid invalid => await RefuseAsync(delivery, pushed, invalid, cancellationToken),
            LoadedConfig.Valid valid => await MatchAsync(delivery, pushed, valid, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<DeliveryOutcome> MatchAsync(
        InboxDelivery delivery, ServiceEvent.DistGitPushed pushed, LoadedConfig.Valid config, CancellationToken cancellationToken)
    {
        var (project, push) = pushed;
        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var matches = KojiBuildConditions.Match(
            config.Config,
            new BuildOccasion(project.Name, push.Branch, service.Value.Deployment, aliases, IsByPerson: false, MatchTexts.Pushed(push.EndCommit, push.Branch)));
        if (!matches.Any(match => match.Matched))
        {
            await StoreAsync(delivery, pushed, config, matches, cancellationToken);
            return await FollowPullRequestAsync(
                pushed, matches.Count == 0 ? "The package config has no koji_build job." : "No koji_build job is for this push.", cancellationToken);
        }

        var specTask = conditions.SpecChangeAsync(project, push, cancellationToken);
        var pull = await conditions.PullRequestAsync(project, push, cancellationToken);
        var spec = await specTask;
        if ((pull.IsPending || spec == SpecChange.NotVisible) && delivery.Waited < Patience)
        {
            return new DeliveryOutcome.Later($"dist-git does not show all of the push yet: commit {push.EndCommit}, pull request {push.PullRequestId}.", For: WaitingFor.Visibility);
        }

        if (pull.Merged is { } merged)
        {
            await pulls.StoreAsync(project, merged, push.EndCommit, cancellationToken);
        }

        List<JobMatch> decided = [];
        foreach (var match in matches)
        {
            decided.Add(match.Matched ? await JudgeAsync(match, pushed, pull.Merged, spec, cancellationToken) : match);
        }

        await StoreAsync(delivery, pushed, config, decided, cancellationToken);
        var request = new BuildRequest(
            delivery.Id, ProjectEventType.BranchPush, project.Name, push.Branch, push.EndCommit, config.StoredId,
            pull.Merged?.Id, pull.Merged?.User.Name ?? push.Agent);
        var started = decided.Where(match => match.Matched).ToList();
        await starter.StartAsync(request, started, cancellationToken);
        return new DeliveryOutcome.Handled(
            started.Count == 0 ? "No koji_build job is for this push." : $"Started the build of {push.EndCommit} on {push.Branch}.");
    }

    private async Task<JobMatch> JudgeAsync(
        JobMatch match, ServiceEvent.DistGitPushed pushed, PagurePullRequest? merged, SpecChange spec, CancellationToken cancellationToken)
    {
        var (project, push) = pushed;
        if (spec != SpecChange.Changed)
        {
            return match.But(new Objection(
                DecisionGround.Content, spec == SpecChange.NotVisible ? KojiBuildTexts.NotVisible(push.EndCommit) : KojiBuildTexts.SpecUnchanged(project.Name)));
        }

        return await conditions.WhyNotAsync(match.View.Settings, project, push, merged, cancellationToken) is { } reason
            ? match.But(new Objection(DecisionGround.People, reason))
            : match with { Reason = MatchTexts.PushedBy(match.Reason, merged?.User.Name ?? push.Agent, merged?.Id) };
    }

    private async Task StoreAsync(
        InboxDelivery delivery, ServiceEvent.DistGitPushed pushed, LoadedConfig.Valid config, IReadOnlyList<JobMatch> matches, CancellationToken cancellationToken)
    {
        await subjects.NoteAsync(delivery.Id, SubjectOf(pushed), cancellationToken);
        await decisions.StoreAsync(delivery.Id, Decision.OfAll(config, matches, MatchTexts.NotByPush), cancellationToken);
    }

    private EventSubject SubjectOf(ServiceEvent.DistGitPushed pushed) => SubjectTexts.Pushed(
        addresses.WebUrl(pushed.Project.Name), pushed.Project.ToString(), pushed.Push.Agent, pushed.Push.Branch, pushed.Push.EndCommit);

    private async Task<DeliveryOutcome> RefuseAsync(
        InboxDelivery delivery, ServiceEvent.DistGitPushed pushed, LoadedConfig.Invalid invalid, CancellationToken cancellationToken)
    {
        await subjects.NoteAsync(delivery.Id, SubjectOf(pushed), cancellationToken);
        await decisions.StoreAsync(delivery.Id, Decision.Errors(invalid, pushed.Push.EndCommit), cancellationToken);
        return new DeliveryOutcome.Handled("The package config has errors.");
    }

    // Nothing is built, but the release whose pull request was merged goes on all the same.
    private async Task<DeliveryOutcome> FollowPullRequestAsync(ServiceEvent.DistGitPushed pushed, string outcome, CancellationToken cancellationToken)
    {
        var (project, push) = pushed;
        if (push.PullRequestId is > 0 and <= int.MaxValue and var id && await pulls.IsKnownAsync(project, (int)id, cancellationToken)
            && (await conditions.PullRequestAsync(project, push, cancellationToken)).Merged is { } merged)
        {
            await pulls.StoreAsync(project, merged, push.EndCommit, cancellationToken);
        }

        return new DeliveryOutcome.Handled(outcome);
    }
}
