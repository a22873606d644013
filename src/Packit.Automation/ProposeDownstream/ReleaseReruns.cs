using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Events;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Proposes branches of a release again because somebody asked for their checks to run again. Each gets a new run; only those.</summary>
public sealed class ReleaseReruns(
    IPackitDbFactory databases, ConfigLoader configs, RunStarter starter, DecisionRows decisions, IOptions<ServiceOptions> service)
{
    /// <summary>Starts branches again; repeating it for the same delivery starts nothing twice.</summary>
    /// <param name="request">Who asks, where, and for which checks.</param>
    /// <param name="forge">The upstream repository.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>For each check why it is not run again, as Markdown; null when it is.</returns>
    /// <exception cref="Http.RemoteException">The forge or dist-git failed; to be tried again later.</exception>
    public async Task<IReadOnlyDictionary<string, string?>> StartAsync(RerunRequest request, GitHubRepository forge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(forge);
        if (await ReleaseAsync(request, cancellationToken) is not { } release)
        {
            return request.Checks.ToDictionary(check => check, _ => (string?)CheckRerunTexts.NotKnown);
        }

        // Jobs of two packages may share a check: it is left alone while one of them is being worked on.
        var wishes = (await WishesAsync(request, cancellationToken)).ToLookup(wish => wish.Check);
        var answers = request.Checks.ToDictionary(
            check => check,
            check => !wishes.Contains(check) ? CheckRerunTexts.NotKnown : wishes[check].Any(wish => wish.IsOpen) ? CheckRerunTexts.InProgress : null);
        var again = wishes.SelectMany(check => check).Where(wish => answers[wish.Check] is null).ToList();
        if (again.Count == 0)
        {
            return answers;
        }

        if (await WhyNotAsync(release, forge, cancellationToken) is { } gone)
        {
            return Refuse(answers, again, gone);
        }

        return await configs.LoadAsync(forge, release.ProjectId, release.CommitHash, cancellationToken) switch
        {
            LoadedConfig.Missing or LoadedConfig.Invalid => Refuse(answers, again, CheckRerunTexts.ConfigGone),
            LoadedConfig.Valid valid => await StartAsync(request, release, again, valid, forge, answers, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<Dictionary<string, string?>> StartAsync(
        RerunRequest request, ProjectRelease release, IReadOnlyList<Wish> again, LoadedConfig.Valid config, GitHubRepository forge,
        Dictionary<string, string?> answers, CancellationToken cancellationToken)
    {
        var views = again.Select(wish => wish.ViewIndex).ToHashSet();
        var matches = ReleaseMatcher.Match(config.Config, release.TagName, service.Value.Deployment, byPerson: true)
            .Where(match => views.Contains(match.Index)).ToList();
        await decisions.StoreAsync(request.DeliveryId, DecisionSteps.Rerun, [Decision.Read(config), .. matches.Select(Decision.Of)], cancellationToken);
        var answer = await starter.StartAsync(
            new ReleaseRequest(request.DeliveryId, request.Repository, release.TagName, RunTrigger.CheckRerun, IsAllowed: true)
            {
                Again = again.Select(wish => new JobBranch(wish.ViewIndex, wish.Branch)).ToHashSet(),
            },
            release, config.StoredId, [.. matches.Where(match => match.Matched)], forge, cancellationToken);

        // Jobs that share a check share its fate: it moves when one of them does.
        var started = answer is ReleaseAnswer.Started { Targets: var targets } ? targets.ToHashSet() : [];
        var moved = again.Where(wish => started.Contains(new JobBranch(wish.ViewIndex, wish.Branch))).Select(wish => wish.Check).ToHashSet();
        foreach (var wish in again.Where(wish => !moved.Contains(wish.Check)))
        {
            answers[wish.Check] = matches.Find(match => match.Index == wish.ViewIndex) is { Matched: false } match
                ? CheckRerunTexts.NoJob(match.Reason)
                : CheckRerunTexts.NoBranch(wish.Branch);
        }

        return answers;
    }

    /// <summary>The release of the checks, when it is one of the commit; tracked no longer, reached through the installation of today.</summary>
    private async Task<ProjectRelease?> ReleaseAsync(RerunRequest request, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var release = await database.Events.Where(cause => cause.Id == request.EventId && cause.Type == ProjectEventType.Release)
            .Select(cause => cause.Release)
            .FirstOrDefaultAsync(found => found.ProjectId == request.ProjectId && found.CommitHash == request.Commit, cancellationToken);
        if (release is not null)
        {
            (release.InstallationId, release.LastDeliveryId) = (request.Repository.InstallationId, request.DeliveryId);
            await database.SaveChangesAsync(cancellationToken);
        }

        return release;
    }

    /// <summary>The branches that the checks stand for, each as it ended last. What this delivery began itself is not in its own way.</summary>
    private async Task<IReadOnlyList<Wish>> WishesAsync(RerunRequest request, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var targets = await database.Targets.AsNoTracking()
            .Where(target => target.Run.ProjectEventId == request.EventId && target.Run.DeliveryId != request.DeliveryId)
            .OrderBy(target => target.Id)
            .Select(target => new { target.Run.ViewIndex, target.Branch, target.Run.Identifier, target.Status })
            .ToListAsync(cancellationToken);
        return
        [
            .. targets.GroupBy(target => (target.ViewIndex, target.Branch)).Select(group => group.Last())
                .Select(target => new Wish(
                    ProposeDownstreamTexts.CheckName(target.Branch, target.Identifier), target.ViewIndex, target.Branch,
                    SyncReleaseTargetStates.Open.Contains(target.Status)))
                .Where(wish => request.Checks.Contains(wish.Check)),
        ];
    }

    private static async Task<string?> WhyNotAsync(ProjectRelease release, GitHubRepository forge, CancellationToken cancellationToken) =>
        await forge.CommitOfTagAsync(release.TagName, cancellationToken) switch
        {
            null => CheckRerunTexts.TagGone(release.TagName),
            var commit when commit != release.CommitHash => CheckRerunTexts.TagMoved(release.TagName, commit),
            _ => null,
        };

    private static Dictionary<string, string?> Refuse(Dictionary<string, string?> answers, IEnumerable<Wish> again, string reason)
    {
        foreach (var wish in again)
        {
            answers[wish.Check] = reason;
        }

        return answers;
    }

    private sealed record Wish(string Check, int ViewIndex, string Branch, bool IsOpen);
}

/// <summary>Somebody wants checks of a release to run again.</summary>
/// <param name="DeliveryId">Row of the delivery that says so.</param>
/// <param name="Repository">The upstream repository.</param>
/// <param name="ProjectId">Its row.</param>
/// <param name="Commit">The commit that the checks are on.</param>
/// <param name="EventId">What the checks were made for (<see cref="ProjectEvent"/>).</param>
/// <param name="Checks">Their names, as stored.</param>
public sealed record RerunRequest(
    long DeliveryId, UpstreamRepository Repository, int ProjectId, string Commit, int EventId, IReadOnlyList<string> Checks);
