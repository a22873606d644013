using System.Diagnostics;
using Packit.Automation.Access;
using Packit.Automation.BodhiUpdate;
using Packit.Automation.Comments;
using Packit.Automation.ConfigCheck;
using Packit.Automation.Downstream;
using Packit.Automation.Events;
using Packit.Automation.Explaining;
using Packit.Automation.Failures;
using Packit.Automation.Installing;
using Packit.Automation.KojiBuild;
using Packit.Automation.Matching;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.GitHub;
using Packit.Http;

namespace Packit.Automation.Intake;

/// <summary>From a stored delivery to jobs: one switch over everything that can happen.</summary>
public sealed class DeliveryReader(
    ReleaseIntake releases,
    IssueComments commands,
    KojiBuildIntake builds,
    KojiBuildFollower follower,
    KnownBuilds knownBuilds,
    PullRequestCommands pullRequestCommands,
    PullRequestRows pulls,
    ConfigCheckIntake configs,
    UpdateEvents updates,
    CheckReruns reruns,
    Installations installations,
    ServedRepositories served,
    KnownRepositories repositories,
    Refusals refusals,
    DecisionRows decisions,
    DeliverySubjects subjects,
    GitHubClient github) : IDeliveryReader
{
    private const string Following = "following";

    private static readonly DeliveryOutcome NotServed = new DeliveryOutcome.Handled(DeliveryTexts.NotServed);
    private static readonly DeliveryOutcome NotOurs = new DeliveryOutcome.Handled(DeliveryTexts.BuildNotOurs);

    public ClaimedDelivery Glance(ClaimedDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var read = Read(delivery.Row);
        return delivery with
        {
            Event = read,
            Outcome = read switch
            {
                ServiceEvent.NotForUs nothing => new DeliveryOutcome.Handled(nothing.Reason),
                ServiceEvent.Unreadable unreadable => new DeliveryOutcome.Rejected(unreadable.Reason),
                _ => null,
            },
        };
    }

    public async Task<IReadOnlyList<ClaimedDelivery>> SiftAsync(IReadOnlyList<ClaimedDelivery> deliveries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        var changes = deliveries.Select(delivery => (delivery.Event as ServiceEvent.BuildChanged)?.Change).OfType<BuildStateChange>().ToList();
        var tasks = deliveries.Select(delivery => (delivery.Event as ServiceEvent.TaskChanged)?.Change).OfType<TaskStateChange>().ToList();
        var known = await knownBuilds.AmongAsync(
            [.. changes.Select(change => change.TaskId).OfType<long>(), .. tasks.Select(task => task.TaskId)],
            [.. changes.Select(change => change.Build.Nvr)],
            cancellationToken);
        return [.. deliveries.Select(delivery => delivery.Event switch
        {
            ServiceEvent.TaskChanged task when !known.Holds(task.Change.TaskId, nvr: null) => delivery with { Outcome = NotOurs },
            ServiceEvent.BuildChanged build when !known.Holds(build.Change.TaskId, build.Change.Build.Nvr) =>
                delivery with { Event = build with { IsForeign = true }, Outcome = OfForeign(build.Change) },
            _ => delivery,
        })];
    }

    public Task NoteAsync(IReadOnlyList<ClaimedDelivery> decided, CancellationToken cancellationToken) => subjects.NoteAsync(decided, cancellationToken);

    public async Task<DeliveryOutcome> ReadAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            var happened = delivery.Event ?? Read(delivery.Row);
            if (happened.Subject is { } subject)
            {
                await subjects.NoteAsync(delivery.Row.Id, subject, cancellationToken);
            }

            var outcome = await happened.Match(new Reactions(this, delivery.Row, cancellationToken));
            if (outcome is DeliveryOutcome.Handled { MovedOn: true })
            {
                await decisions.StoreAsync(
                    delivery.Row.Id, DecisionSteps.MovedOn, [new Decision(Following, null, Matched: true, outcome.Text) { Ground = DecisionGround.Met }],
                    cancellationToken);
            }

            return outcome;
        }
        catch (InstallationUnavailableException away)
        {
            await decisions.StoreAsync(delivery.Row.Id, [new Decision("installation", null, Matched: false, away.Message)], cancellationToken);
            return new DeliveryOutcome.Failed(away.Message);
        }
        catch (RemoteException remote)
        {
            var failure = RemoteFailures.Describe(remote);
            return failure.Kind == FailureKind.Transient
                ? new DeliveryOutcome.Later(failure.Text, remote.RetryAfter)
                : new DeliveryOutcome.Failed(failure.Text);
        }
    }

    private static ServiceEvent Read(InboxDelivery delivery) => delivery.Source switch
    {
        DeliverySource.GitHub => GitHubEvents.Read(delivery),
        DeliverySource.FedoraMessaging => BusEvents.Read(delivery),
    };

    /// <summary>Reacts to something in a repository that is served and reached, under its name of today.</summary>
    private async Task<DeliveryOutcome> InAsync(
        InboxDelivery delivery, UpstreamRepository named, Func<UpstreamRepository, Task<DeliveryOutcome>> react, CancellationToken cancellationToken)
    {
        // Of what is not served nothing is kept, not even its name.
        if (named.IsPrivate && !served.IsEnabled(named.Host, named.Name.Owner))
        {
            await served.HideAsync(named, cancellationToken);
            return NotServed;
        }

        return await repositories.LookAsync(delivery.Id, named, cancellationToken) switch
        {
            RepositorySight.Here here => await served.AsServedAsync(here.Repository, cancellationToken) is { } repository ? await react(repository) : NotServed,
            RepositorySight.Away away => new DeliveryOutcome.Handled(away.Reason),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<DeliveryOutcome> ReleaseAsync(InboxDelivery delivery, ServiceEvent.ReleasePublished release, CancellationToken cancellationToken)
    {
        var forge = github.Repository(release.Repository.Name, release.Repository.InstallationId);
        if (await forge.ReleaseByTagAsync(release.Tag, cancellationToken) is not { Draft: false })
        {
            return new DeliveryOutcome.Later(DeliveryTexts.ReleaseNotShown(release.Tag, release.Repository.Name.ToString()), For: WaitingFor.Visibility);
        }

        var answer = await releases.HandleAsync(
            new ReleaseRequest(delivery.Id, release.Repository, release.Tag, RunTrigger.Release), cancellationToken);
        return answer switch
        {
            ReleaseAnswer.Started started => new DeliveryOutcome.Handled(DeliveryTexts.Started(started.Branches)),
            ReleaseAnswer.NotVisible notVisible => new DeliveryOutcome.Later(notVisible.Text, For: WaitingFor.Visibility),
            ReleaseAnswer.NoConfig noConfig => new DeliveryOutcome.Handled(DeliveryTexts.CommitWithoutConfig(noConfig.Commit)),
            ReleaseAnswer.InvalidConfig => new DeliveryOutcome.Handled(DeliveryTexts.ConfigErrorsReported),
            ReleaseAnswer.NoJob => new DeliveryOutcome.Handled(DeliveryTexts.NoJobForRelease),
            ReleaseAnswer.NotAllowed refused => await RefuseAsync(delivery, forge, release.Repository, refused, cancellationToken),
            ReleaseAnswer.AllDone => new DeliveryOutcome.Handled(DeliveryTexts.ReleaseAllDone),
            ReleaseAnswer.InProgress => new DeliveryOutcome.Handled(DeliveryTexts.ReleaseInProgress),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Says once on the release's commit why the project is not served.</summary>
    private async Task<DeliveryOutcome> RefuseAsync(
        InboxDelivery delivery, GitHubRepository forge, UpstreamRepository repository, ReleaseAnswer.NotAllowed refused,
        CancellationToken cancellationToken)
    {
        await refusals.TellAsync(delivery.Id, forge, repository, refused.Commit, refused.Reason, cancellationToken);
        return new DeliveryOutcome.Handled(refused.Reason);
    }

    // Most comments hold no command, and GitHub need not be asked about them.
    private Task<DeliveryOutcome> CommentAsync(InboxDelivery delivery, ServiceEvent.IssueCommented comment, CancellationToken cancellationToken) =>
        commands.HoldsCommand(comment)
            ? InAsync(
                delivery, comment.Repository, here => commands.HandleAsync(delivery, comment with { Repository = here }, cancellationToken),
                cancellationToken)
            : commands.HandleAsync(delivery, comment, cancellationToken);

    private Task<DeliveryOutcome> PushAsync(InboxDelivery delivery, ServiceEvent.ConfigPushed push, CancellationToken cancellationToken) => InAsync(
        delivery, push.Repository, here => configs.HandleAsync(delivery.Id, push with { Repository = here }, cancellationToken), cancellationToken);

    private Task<DeliveryOutcome> PullRequestAsync(
        InboxDelivery delivery, ServiceEvent.UpstreamPullRequestChanged pullRequest, CancellationToken cancellationToken) => InAsync(
        delivery, pullRequest.Repository, here => configs.HandleAsync(delivery.Id, pullRequest with { Repository = here }, cancellationToken),
        cancellationToken);

    private Task<DeliveryOutcome> RerunAsync(InboxDelivery delivery, ServiceEvent.CheckRerequested rerun, CancellationToken cancellationToken) => InAsync(
        delivery, rerun.Repository, here => reruns.HandleAsync(delivery, rerun with { Repository = here }, cancellationToken), cancellationToken);

    private Task<DeliveryOutcome> PushedAsync(InboxDelivery delivery, ServiceEvent.DistGitPushed push, CancellationToken cancellationToken) =>
        builds.HandleAsync(delivery, push, cancellationToken);

    private Task<DeliveryOutcome> CommentedAsync(InboxDelivery delivery, ServiceEvent.DistGitCommented comment, CancellationToken cancellationToken) =>
        pullRequestCommands.HandleAsync(delivery, comment, cancellationToken);

    private async Task<DeliveryOutcome> PullRequestClosedAsync(ServiceEvent.DistGitPullRequestClosed closed, CancellationToken cancellationToken) =>
        await pulls.RefreshAsync(closed.Project, closed.PullRequest, cancellationToken)
            ? new DeliveryOutcome.Handled(DeliveryTexts.PullRequestLookedAt(closed.PullRequest, closed.Project.ToString())) { MovedOn = true }
            : new DeliveryOutcome.Handled(DeliveryTexts.PullRequestNotOurs);

    /// <summary>A message moves nothing by itself: it says when to ask Koji.</summary>
    private async Task<DeliveryOutcome> TaskMovedAsync(long? task, CancellationToken cancellationToken) =>
        task is { } id && await follower.TaskMovedAsync(id, cancellationToken) > 0
            ? new DeliveryOutcome.Handled(DeliveryTexts.KojiAsked(id)) { MovedOn = true }
            : NotOurs;

    private DeliveryOutcome? OfForeign(BuildStateChange change) =>
        change.New == BuildState.Complete ? updates.WhyNothing(change) is { } why ? new DeliveryOutcome.Handled(why) : null : NotOurs;

    /// <summary>First the build itself, so that what follows knows of it.</summary>
    private async Task<DeliveryOutcome> BuildChangedAsync(InboxDelivery delivery, ServiceEvent.BuildChanged build, CancellationToken cancellationToken)
    {
        var asked = build.IsForeign ? NotOurs : await TaskMovedAsync(build.Change.TaskId, cancellationToken);
        return await updates.BuildChangedAsync(delivery, build, cancellationToken) ?? asked;
    }

    private Task<DeliveryOutcome> TaggedAsync(InboxDelivery delivery, ServiceEvent.BuildTagged tagging, CancellationToken cancellationToken) =>
        updates.BuildTaggedAsync(delivery, tagging.Tagging, cancellationToken);

    private Task<DeliveryOutcome> UpdateChangedAsync(InboxDelivery delivery, ServiceEvent.UpdateChanged update, CancellationToken cancellationToken) =>
        updates.UpdateChangedAsync(delivery, update.Change, cancellationToken);

    private Task<DeliveryOutcome> InstalledAsync(InboxDelivery delivery, ServiceEvent.InstallationChanged change, CancellationToken cancellationToken) =>
        installations.ChangedAsync(delivery, change, cancellationToken);

    private Task<DeliveryOutcome> RepositoriesChangedAsync(
        InboxDelivery delivery, ServiceEvent.InstallationRepositoriesChanged change, CancellationToken cancellationToken) =>
        installations.RepositoriesChangedAsync(delivery, change, cancellationToken);

    private Task<DeliveryOutcome> AccountRenamedAsync(InboxDelivery delivery, ServiceEvent.AccountRenamed renaming, CancellationToken cancellationToken) =>
        installations.AccountRenamedAsync(delivery, renaming, cancellationToken);

    private Task<DeliveryOutcome> RepositoryRenamedAsync(
        InboxDelivery delivery, ServiceEvent.RepositoryRenamed renaming, CancellationToken cancellationToken) =>
        installations.RepositoryRenamedAsync(delivery, renaming, cancellationToken);

    /// <summary>What is done about each event of one delivery.</summary>
    private sealed class Reactions(DeliveryReader reader, InboxDelivery delivery, CancellationToken cancellationToken)
        : IServiceEventCases<Task<DeliveryOutcome>>
    {
        public Task<DeliveryOutcome> ReleasePublished(ServiceEvent.ReleasePublished release) => reader.InAsync(
            delivery, release.Repository, here => reader.ReleaseAsync(delivery, release with { Repository = here }, cancellationToken), cancellationToken);

        public Task<DeliveryOutcome> IssueCommented(ServiceEvent.IssueCommented comment) => reader.CommentAsync(delivery, comment, cancellationToken);

        public Task<DeliveryOutcome> DistGitPushed(ServiceEvent.DistGitPushed push) => reader.PushedAsync(delivery, push, cancellationToken);

        public Task<DeliveryOutcome> DistGitCommented(ServiceEvent.DistGitCommented comment) =>
            reader.CommentedAsync(delivery, comment, cancellationToken);

        public Task<DeliveryOutcome> DistGitPullRequestClosed(ServiceEvent.DistGitPullRequestClosed closed) =>
            reader.PullRequestClosedAsync(closed, cancellationToken);

        public Task<DeliveryOutcome> BuildChanged(ServiceEvent.BuildChanged build) =>
            reader.BuildChangedAsync(delivery, build, cancellationToken);

        public Task<DeliveryOutcome> TaskChanged(ServiceEvent.TaskChanged task) => reader.TaskMovedAsync(task.Change.TaskId, cancellationToken);

        public Task<DeliveryOutcome> BuildTagged(ServiceEvent.BuildTagged tagging) =>
            reader.TaggedAsync(delivery, tagging, cancellationToken);

        public Task<DeliveryOutcome> UpdateChanged(ServiceEvent.UpdateChanged update) =>
            reader.UpdateChangedAsync(delivery, update, cancellationToken);

        public Task<DeliveryOutcome> ConfigPushed(ServiceEvent.ConfigPushed push) => reader.PushAsync(delivery, push, cancellationToken);

        public Task<DeliveryOutcome> UpstreamPullRequestChanged(ServiceEvent.UpstreamPullRequestChanged pullRequest) =>
            reader.PullRequestAsync(delivery, pullRequest, cancellationToken);

        public Task<DeliveryOutcome> CheckRerequested(ServiceEvent.CheckRerequested rerun) =>
            reader.RerunAsync(delivery, rerun, cancellationToken);

        public Task<DeliveryOutcome> InstallationChanged(ServiceEvent.InstallationChanged change) =>
            reader.InstalledAsync(delivery, change, cancellationToken);

        public Task<DeliveryOutcome> InstallationRepositoriesChanged(ServiceEvent.InstallationRepositoriesChanged change) =>
            reader.RepositoriesChangedAsync(delivery, change, cancellationToken);

        public Task<DeliveryOutcome> AccountRenamed(ServiceEvent.AccountRenamed renaming) =>
            reader.AccountRenamedAsync(delivery, renaming, cancellationToken);

        public Task<DeliveryOutcome> RepositoryRenamed(ServiceEvent.RepositoryRenamed renaming) =>
            reader.RepositoryRenamedAsync(delivery, renaming, cancellationToken);

        public Task<DeliveryOutcome> NotForUs(ServiceEvent.NotForUs nothing) =>
            Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Handled(nothing.Reason));

        public Task<DeliveryOutcome> Unreadable(ServiceEvent.Unreadable unreadable) =>
            Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Rejected(unreadable.Reason));
    }
}
