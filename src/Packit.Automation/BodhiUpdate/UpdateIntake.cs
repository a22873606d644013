using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Engine;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.Koji;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Turns complete builds into updates: finds the config, matches the jobs, checks the facts with Koji, and starts the work.</summary>
public sealed class UpdateIntake(
    IPackitDbFactory databases,
    KojiClient koji,
    DistGitConfigs configs,
    DistGitProjects projects,
    DistGitAccounts accounts,
    DistGitAddresses addresses,
    DistributionReleases releases,
    DecisionRows decisions,
    IJobQueue queue,
    IOptions<ServiceOptions> service,
    TimeProvider time)
{
    private const string Step = "bodhi_update";

    /// <summary>Handles the message that a build is complete; repeating it starts nothing twice.</summary>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome> HandleAsync(long deliveryId, BuildStateChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Claimed(change) is { } build
            ? new DeliveryOutcome.Handled(await ConsiderAsync(deliveryId, build, cancellationToken))
            : new DeliveryOutcome.Handled($"{change.Build.Nvr} was not built from a branch of dist-git.");
    }

    /// <summary>Considers a complete build: one that a message speaks of, or one of ours that was seen to be complete.</summary>
    /// <param name="deliveryId">What led here: the message, or what the build was made for.</param>
    /// <param name="build">What is said about the build; believed after Koji has said the same.</param>
    /// <param name="cancellationToken">Ends the work; it can be repeated.</param>
    /// <returns>What came of it, in one sentence.</returns>
    public async Task<string> ConsiderAsync(long deliveryId, CompleteBuild build, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(build);
        switch (await configs.OfCommitAsync(build.Package, build.Commit, cancellationToken))
        {
            case LoadedConfig.Missing:
                return $"{build.Package} has no package config.";
            case LoadedConfig.Invalid invalid:
                await decisions.StoreAsync(
                    deliveryId,
                    [.. invalid.Problems.Select(problem => new Decision(Step, build.Package, Matched: false, ConfigTexts.Line(invalid.Path, problem)))],
                    cancellationToken);
                return $"The package config of {build.Package} has errors.";
            case LoadedConfig.Valid valid:
                return await MatchAsync(deliveryId, build, valid, cancellationToken);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<string> MatchAsync(long deliveryId, CompleteBuild build, LoadedConfig.Valid config, CancellationToken cancellationToken)
    {
        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var matches = UpdateMatcher.Match(config.Config, build.Branch, aliases, service.Value.Deployment, byPerson: false);
        List<JobMatch> judged = [];
        foreach (var match in matches)
        {
            judged.Add(match.Matched && !await accounts.IsAllowedAsync(
                build.Owner, match.View.Settings.AllowedBuilders, addresses.Project(build.Package), cancellationToken)
                ? match with { Matched = false, Reason = BodhiUpdateTexts.BuilderNotAllowed(build.Owner, match.View.Settings.AllowedBuilders) }
                : match);
        }

        // What the message says started nothing so far; only what Koji says does.
        var started = judged.Where(match => match.Matched).ToList();
        if (started.Count > 0 && !await IsTrueAsync(build, cancellationToken))
        {
            var reason = $"Koji says something else about the build {build.Nvr} than the message.";
            await decisions.StoreAsync(deliveryId, [new Decision(Step, build.Package, Matched: false, reason)], cancellationToken);
            return reason;
        }

        await decisions.StoreAsync(deliveryId, [.. judged.Select(Decision.Of)], cancellationToken);
        foreach (var match in started)
        {
            await StartAsync(deliveryId, build, config.StoredId, match, cancellationToken);
        }

        return started.Count == 0 ? $"No job is for the build {build.Nvr}." : $"The update of {build.Nvr} was started.";
    }

    private async Task<bool> IsTrueAsync(CompleteBuild build, CancellationToken cancellationToken)
    {
        if (await koji.BuildAsync((int)build.Id, cancellationToken) is not { State: KojiBuildState.Complete } known
            || known.Nvr != build.Nvr || known.OwnerName != build.Owner || known.Scm?.Commit != build.Commit || known.TaskId is not { } taskId)
        {
            return false;
        }

        return await koji.TaskAsync(taskId, cancellationToken) is { Build: { Scratch: false } request }
            && CompleteBuild.BranchOf(request.Target) == build.Branch
            && ScmUrl.TryParse(request.Source, out var source)
            && PackageOf(source.Repository) == build.Package;
    }

    /// <summary>Makes the rows of an update and puts it to work.</summary>
    private async Task StartAsync(long deliveryId, CompleteBuild build, int configId, JobMatch match, CancellationToken cancellationToken)
    {
        var projectId = await projects.IdOfAsync(build.Package, cancellationToken);
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var cause = await database.GetOrCreateAsync(
            row => row.Type == ProjectEventType.KojiBuild && row.ProjectId == projectId && row.BuildId == build.Id,
            () => new ProjectEvent
            {
                Type = ProjectEventType.KojiBuild, ProjectId = projectId, BuildId = build.Id, Branch = build.Branch, CommitSha = build.Commit, CreatedAt = now,
            },
            cancellationToken);
        var group = await database.GetOrCreateAsync(
            row => row.DeliveryId == deliveryId && row.ViewIndex == match.Index,
            () => new BodhiUpdateGroup
            {
                ProjectEventId = cause.Id, DeliveryId = deliveryId, ProjectId = projectId, PackageName = match.View.PackageName,
                DownstreamPackage = build.Package, ViewIndex = match.Index, ConfigId = configId, RequestedBy = build.Owner, SubmittedTime = now,
            },
            cancellationToken);
        var ours = await database.Builds.AsNoTracking()
            .Where(row => row.BuildId == build.Id && row.Status != KojiBuildStatus.Skipped).OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        var target = await database.GetOrCreateAsync(
            row => row.GroupId == group.Id && row.Branch == build.Branch,
            () => new BodhiUpdateTarget
            {
                GroupId = group.Id, Branch = build.Branch, KojiNvrs = build.Nvr, BuildTargetId = ours?.Id, Status = BodhiUpdateStatus.Queued,
                SubmittedTime = now,
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (BodhiUpdateStates.Open.Contains(target.Status))
        {
            await queue.EnqueueAsync(BodhiUpdateJob.Next(target, build.Package), cancellationToken);
        }
    }

    private CompleteBuild? Claimed(BuildStateChange change) =>
        change.Request is { Scratch: false, Repository: { } repository, Commit: { } commit } request
        && CompleteBuild.BranchOf(request.Target) is { } branch
        && PackageOf(repository) is { } package
            ? new CompleteBuild(change.Build.Id, change.Build.Nvr, package, branch, commit, change.Build.Owner)
            : null;

    /// <summary>The package of a repository of our dist-git; null for any other address.</summary>
    private string? PackageOf(Uri repository)
    {
        var address = repository.AbsoluteUri.TrimEnd('/');
        address = address.EndsWith(".git", StringComparison.Ordinal) ? address[..^4] : address;
        var package = address[(address.LastIndexOf('/') + 1)..];
        return package.Length > 0 && address == addresses.WebUrl(package) ? package : null;
    }
}
