using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Events;
using Packit.Automation.Explaining;
using Packit.Automation.Intake;
using Packit.Automation.KojiBuild;
using Packit.Automation.Matching;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Turns complete builds into updates: finds the config, matches the jobs, checks the facts with Koji, and starts the work.</summary>
public sealed class UpdateIntake(
    IPackitDbFactory databases,
    CompleteBuilds builds,
    OwnBuilds ownBuilds,
    DistGitConfigs configs,
    DistGitAccounts accounts,
    DistGitAddresses addresses,
    DistributionReleases releases,
    UpdateStarter starter,
    DecisionRows decisions,
    DeliverySubjects subjects,
    IOptions<ServiceOptions> service)
{
    /// <summary>For how long a build is looked at again because Koji does not show it as complete yet.</summary>
    public static readonly TimeSpan PatienceForKoji = TimeSpan.FromHours(1);

    private const string Job = "bodhi_update";

    /// <summary>Why nothing comes of somebody else's complete build. Costs no look-up.</summary>
    /// <returns>Null when its package config has to be asked.</returns>
    public string? WhyNothing(BuildStateChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return builds.Claimed(change) is not { } build ? DeliveryTexts.NotFromBranch(change.Build.Nvr)
            : build.IsOfRawhide ? BodhiUpdateTexts.Automatic(build.Branch)
            : null;
    }

    /// <summary>
    /// Handles the message that a build is complete; repeating it starts nothing twice. All of Fedora's builds come by here: what cannot become
    /// an update costs no look-up, and the rest one for a package and commit.
    /// </summary>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome> HandleAsync(InboxDelivery delivery, ServiceEvent.BuildChanged message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(message);
        var claimed = builds.Claimed(message.Change);
        var own = claimed is null || message.IsForeign ? null : await ownBuilds.FindAsync(claimed, cancellationToken);
        if (own is { IsKnown: false })
        {
            return new DeliveryOutcome.Later(DeliveryTexts.BuildToBeKnown(message.Change.Build.Nvr));
        }

        if (own is null && WhyNothing(message.Change) is { } why)
        {
            return new DeliveryOutcome.Handled(why);
        }

        var build = claimed ?? throw new UnreachableException();
        if (own is not null)
        {
            return await OfOwnAsync(delivery, build, own, cancellationToken);
        }

        var judged = await JudgeAsync(build, cancellationToken);
        if (judged.Started is not null)
        {
            // What the message says started nothing so far; only what Koji says does.
            var confirmed = await builds.ReadAsync(build.Id, cancellationToken);
            if (confirmed.IsPending && delivery.Waited < PatienceForKoji)
            {
                return NotShown(build);
            }

            judged = confirmed.Build == build ? judged : new Judgement(DeliveryTexts.KojiDisagrees(build.Nvr));
        }

        return new DeliveryOutcome.Handled(await ConcludeAsync(delivery.Id, build, own: null, judged, cancellationToken));
    }

    /// <summary>
    /// What is decided about a build of ours is decided for good and for the delivery that it was made for, so nothing but Koji's word counts:
    /// a message that is not true would otherwise keep the update away.
    /// </summary>
    private async Task<DeliveryOutcome> OfOwnAsync(InboxDelivery delivery, CompleteBuild claimed, OwnBuild own, CancellationToken cancellationToken) =>
        await builds.ReadAsync(claimed.Id, cancellationToken) switch
        {
            { IsPending: true } when delivery.Waited < PatienceForKoji => NotShown(claimed),
            { Build: { } build } => await OfOwnAsync(build, own, await JudgeAsync(build, cancellationToken), cancellationToken),
            _ => new DeliveryOutcome.Handled(DeliveryTexts.KojiDisagrees(claimed.Nvr)),
        };

    private async Task<DeliveryOutcome> OfOwnAsync(CompleteBuild build, OwnBuild own, Judgement judged, CancellationToken cancellationToken) =>
        new DeliveryOutcome.Handled(await ConcludeAsync(own.DeliveryId, build, own, judged, cancellationToken)) { MovedOn = judged.Started is not null };

    private static DeliveryOutcome.Later NotShown(CompleteBuild build) => new(DeliveryTexts.BuildNotShown(build.Nvr), For: WaitingFor.Visibility);

    /// <summary>Considers a build of ours of whose end no message told.</summary>
    /// <param name="buildTargetId">Its row.</param>
    /// <param name="cancellationToken">Ends the work; it can be repeated.</param>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task ConsiderAsync(int buildTargetId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var row = await database.Builds.AsNoTracking().Include(target => target.Group).SingleAsync(target => target.Id == buildTargetId, cancellationToken);
        var own = new OwnBuild(row.Id, row.Group.DeliveryId, IsKnown: true);
        var build = row.BuildId is { } id ? (await builds.ReadAsync(id, cancellationToken)).Build : null;
        if (build is null)
        {
            await StoreAsync(
                own.DeliveryId, own, new Judgement(BodhiUpdateTexts.NotAnUpdate(row.Nvr ?? row.Group.DownstreamPackage)), row.Group.DownstreamPackage, cancellationToken);
            return;
        }

        await ConcludeAsync(own.DeliveryId, build, own, await JudgeAsync(build, cancellationToken), cancellationToken);
    }

    private async Task<Judgement> JudgeAsync(CompleteBuild build, CancellationToken cancellationToken)
    {
        switch (await configs.OfCommitAsync(build.Package, build.Commit, cancellationToken))
        {
            case LoadedConfig.Missing:
                return new Judgement(DeliveryTexts.WithoutConfig(build.Package)) { IsOfNoInterest = true };
            case LoadedConfig.Invalid invalid:
                return new Judgement(DeliveryTexts.BrokenConfig(build.Package)) { Problems = Decision.Errors(invalid, build.Commit) };
            case LoadedConfig.Valid valid:
                return await MatchAsync(build, valid, cancellationToken);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<Judgement> MatchAsync(CompleteBuild build, LoadedConfig.Valid config, CancellationToken cancellationToken)
    {
        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var occasion = new BuildOccasion(
            build.Package, build.Branch, service.Value.Deployment, aliases, IsByPerson: false, MatchTexts.BuildComplete(build.Nvr, build.Owner));
        List<JobMatch> judged = [];
        foreach (var match in UpdateMatcher.Match(config.Config, occasion))
        {
            var allowed = match.View.Settings.AllowedBuilders;
            judged.Add(match.Matched && !await accounts.IsAllowedAsync(build.Owner, allowed, addresses.Project(build.Package), cancellationToken)
                ? match.But(new Objection(DecisionGround.People, BodhiUpdateTexts.BuilderNotAllowed(build.Owner, allowed)))
                : match);
        }

        return judged.Count == 0
            ? new Judgement(DeliveryTexts.NoUpdateJob) { IsOfNoInterest = true }
            : new Judgement(DeliveryTexts.NoUpdateJobFor(build.Nvr)) { Matches = UpdateMatcher.FirstOnly(judged), Config = config };
    }

    private async Task<string> ConcludeAsync(
        long deliveryId, CompleteBuild build, OwnBuild? own, Judgement judged, CancellationToken cancellationToken)
    {
        if (judged.Started is { } match)
        {
            await starter.StartAsync(new UpdateWish(deliveryId, build, judged.Config!.StoredId, build.Owner, own?.RowId), match, cancellationToken);
        }

        if (own is not null || !judged.IsOfNoInterest)
        {
            // Stored last: as long as there is none, a build of ours counts as one that nobody has thought of.
            if (own is null)
            {
                await subjects.NoteAsync(deliveryId, SubjectTexts.Built(addresses.WebUrl(build.Package), $"{addresses.Project(build.Package)}", build), cancellationToken);
            }

            await StoreAsync(deliveryId, own, judged, build.Package, cancellationToken);
        }

        return judged.Started is null ? judged.Summary : DeliveryTexts.UpdateStarted(build.Nvr);
    }

    private Task StoreAsync(long deliveryId, OwnBuild? own, Judgement judged, string package, CancellationToken cancellationToken) => decisions.StoreAsync(
        deliveryId,
        own is null ? DecisionSteps.UpdateOfForeign : DecisionSteps.UpdateOf(own.RowId),
        judged switch
        {
            // The jobs of other kinds were listed for what was built.
            { Matches.Count: > 0, Config: { } config } => own is null
                ? Decision.OfAll(config, judged.Matches, MatchTexts.NotByBuild)
                : [Decision.Read(config), .. judged.Matches.Select(Decision.Of)],
            { Problems.Count: > 0 } => judged.Problems,
            _ => [new Decision(Job, package, Matched: false, judged.Summary)],
        },
        cancellationToken);

    /// <summary>What comes of a build, and why.</summary>
    /// <param name="Summary">One sentence for when nothing is started.</param>
    private sealed record Judgement(string Summary)
    {
        public IReadOnlyList<JobMatch> Matches { get; init; } = [];

        public IReadOnlyList<Decision> Problems { get; init; } = [];

        /// <summary>Whether nobody but the owner of the build would ask why.</summary>
        public bool IsOfNoInterest { get; init; }

        /// <summary>The config that the jobs are from.</summary>
        public LoadedConfig.Valid? Config { get; init; }

        public JobMatch? Started => Matches.FirstOrDefault(match => match.Matched);
    }
}
