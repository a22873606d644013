using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Packit.Automation.Failures;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Koji;
using Packit.Specfile;
using Build = Packit.Koji.KojiBuild;

namespace Packit.Automation.KojiBuild;

/// <summary>One attempt to submit a build: look for what an earlier attempt left, read, plan, claim the NVR, store the intent, ask Koji.</summary>
public sealed class KojiBuildWork(
    KojiClient koji,
    PackageCheckout checkout,
    KojiBuildRows rows,
    DistGitAddresses addresses,
    DistributionReleases releases,
    IOptions<ServiceOptions> service,
    TimeProvider time)
{
    /// <summary>How long a call whose answer was lost may still be on its way into Koji. Before that nothing is submitted again.</summary>
    internal static readonly TimeSpan LostCallTime = TimeSpan.FromSeconds(90);

    /// <summary>How far the clocks of Koji and this service may be apart.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Makes the attempt.</summary>
    /// <param name="build">What is to be built.</param>
    /// <param name="owner">The name of this process's claims.</param>
    /// <param name="cancellationToken">Ends the attempt; what Koji was asked for is found again.</param>
    /// <exception cref="Http.RemoteException">A remote failed before Koji was asked; the caller says what it means.</exception>
    public async Task<KojiBuildOutcome> RunAsync(KojiBuildContext build, string owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(build);
        var target = build.Target;
        var request = new KojiBuildRequest(ScmUrl.Of(addresses.Main(build.Package).Url, target.CommitSha), target.BuildTarget, target.Scratch);
        if (target.IntendedAt is { } intended && await FindLostAsync(target, request, intended, cancellationToken) is { } settled)
        {
            return settled;
        }

        var wanted = new WantedBuild(build.Package, target.Branch, target.CommitSha, target.BuildTarget, target.Scratch);
        return KojiBuildPlan.Make(wanted, await ReadAsync(wanted, build, cancellationToken)) switch
        {
            KojiBuildPlan.Skip skip => new KojiBuildOutcome.Skipped(skip.Reason, skip.Nvr, skip.Existing is { } other ? Place(other) : null),
            KojiBuildPlan.Refuse refuse => new KojiBuildOutcome.Failed(refuse.Failure, refuse.Nvr),
            KojiBuildPlan.Adopt adopt => new KojiBuildOutcome.Submitted(Place(adopt.Existing), adopt.Existing.Nvr),
            KojiBuildPlan.Submit submit => await SubmitAsync(target, request, submit.Nvr, owner, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>What came of a call whose answer was never stored.</summary>
    /// <returns>Null when nothing came of it, so that Koji can be asked again.</returns>
    private async Task<KojiBuildOutcome?> FindLostAsync(
        KojiBuildTarget target, KojiBuildRequest request, DateTimeOffset intended, CancellationToken cancellationToken)
    {
        var we = await koji.LoggedInUserAsync(cancellationToken);
        var tasks = await koji.TasksAsync(
            new TaskQuery { OwnerId = we.Id, Method = "build", CreatedAfter = intended - ClockSkew, Limit = 500 }, cancellationToken);
        foreach (var task in tasks.Where(task => task.Build?.Answers(request) == true))
        {
            if (!await rows.IsOfAnotherAsync(target.Id, task.Id, cancellationToken))
            {
                return new KojiBuildOutcome.Submitted(new BuildPlace(task.Id, null, koji.Urls.Task(task.Id).AbsoluteUri), target.Nvr);
            }
        }

        return time.GetUtcNow() - intended < LostCallTime
            ? new KojiBuildOutcome.Failed(Failure.Transient(FailureCodes.KojiAnswerLost, KojiBuildTexts.AnswerLost), target.Nvr)
            : null;
    }

    private async Task<BuildFacts> ReadAsync(WantedBuild wanted, KojiBuildContext build, CancellationToken cancellationToken)
    {
        var targetTask = koji.BuildTargetAsync(wanted.Target, cancellationToken);
        var macros = await MacrosAsync(build, cancellationToken);
        var (place, nvr) = await checkout.LookAsync(wanted.Package, wanted.Branch, wanted.Commit, macros, cancellationToken);
        var target = await targetTask;
        if (wanted.Scratch || (nvr as Nvr.NvrReading.Known)?.Nvr is not { } name
            || await koji.BuildAsync(name, cancellationToken) is not { } existing)
        {
            return new BuildFacts(place, nvr, target, Existing: null, IsOurs: false);
        }

        return new BuildFacts(place, nvr, target, existing, await IsOursAsync(build.Target.Id, existing, cancellationToken));
    }

    private async Task<bool> IsOursAsync(int targetId, Build existing, CancellationToken cancellationToken) =>
        existing.TaskId is { } task
        && (await koji.LoggedInUserAsync(cancellationToken)).Id == existing.OwnerId
        && !await rows.IsOfAnotherAsync(targetId, task, cancellationToken);

    private async Task<KojiBuildOutcome> SubmitAsync(
        KojiBuildTarget target, KojiBuildRequest request, string? nvr, string owner, CancellationToken cancellationToken)
    {
        if (!target.Scratch && await rows.ClaimAsync(target.Id, nvr!, cancellationToken) is { } holder)
        {
            return new KojiBuildOutcome.Skipped(
                KojiBuildTexts.AlreadyOurs(nvr!), nvr, holder.WebUrl is { } page ? new BuildPlace(holder.TaskId, holder.BuildId, page) : null);
        }

        if (!await rows.IntendAsync(target.Id, owner, nvr, cancellationToken))
        {
            return new KojiBuildOutcome.Failed(Failure.Transient(FailureCodes.KojiAnswerLost, KojiBuildTexts.AnswerLost), nvr);
        }

        try
        {
            var task = await koji.StartBuildAsync(request, cancellationToken);
            return new KojiBuildOutcome.Submitted(new BuildPlace(task, null, koji.Urls.Task(task).AbsoluteUri), nvr);
        }
        catch (KojiException refused) when (refused.Effect == KojiEffect.None)
        {
            await rows.ForgetIntentAsync(target.Id, owner, cancellationToken);
            return new KojiBuildOutcome.Failed(KojiFailures.Describe(refused, request), nvr, refused.RetryAfter);
        }
        catch (KojiException lost)
        {
            return new KojiBuildOutcome.Failed(
                Failure.Transient(FailureCodes.KojiAnswerLost, $"{KojiBuildTexts.AnswerLost} {lost.Message}"), nvr);
        }
    }

    private async Task<MacroContext> MacrosAsync(KojiBuildContext build, CancellationToken cancellationToken)
    {
        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var macros = MacroContext.ForDistGitBranch(build.Target.Branch, Rawhide(aliases.All["fedora-branched"]));
        foreach (var (name, body) in service.Value.ParseTimeMacros)
        {
            macros = macros.With(name, body);
        }

        foreach (var (name, body) in build.Settings.ParseTimeMacros)
        {
            macros = macros.With(name, body);
        }

        return macros;
    }

    /// <summary>Rawhide becomes the release after the newest one that has a branch.</summary>
    private static int? Rawhide(IReadOnlyList<string> branched) => branched
        .Select(branch => int.TryParse(branch.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number + 1 : (int?)null)
        .Max();

    private BuildPlace Place(Build build) => new(
        build.TaskId, build.Id, (build.TaskId is { } task ? koji.Urls.Task(task) : koji.Urls.Build(build.Id)).AbsoluteUri);
}
