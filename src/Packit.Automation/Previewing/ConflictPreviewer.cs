using Microsoft.Extensions.Options;
using Packit.Automation.Failures;
using Packit.Automation.Nvr;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Bodhi;
using Packit.DistGit;
using Packit.Koji;
using Packit.Specfile;

namespace Packit.Automation.Previewing;

/// <summary>Looks for what stands against a proposal: commits of others on its working branch, the same NVR in Koji, an update with it in Bodhi.</summary>
internal sealed class ConflictPreviewer(FedoraReader fedora, IOptions<DistGitOptions> options)
{
    /// <summary>The preview with what was found.</summary>
    /// <param name="wanted">The branch.</param>
    /// <param name="preview">The preview so far.</param>
    /// <param name="input">What the plan was made from.</param>
    /// <param name="repository">Where the branch is.</param>
    /// <param name="clock">The time that is left.</param>
    public async Task<BranchPreview> WithConflictsAsync(
        BranchToPreview wanted, BranchPreview preview, PlanInput input, GitRepository repository, PreviewClock clock)
    {
        preview = preview with { Notes = [.. preview.Notes, .. Notes(wanted, preview)] };
        if (preview.Outcome == PreviewOutcome.Propose)
        {
            preview = await WithForeignCommitsAsync(wanted, preview, repository, clock);
        }

        var commit = preview.PlannedCommit ?? wanted.Head!;
        var (reading, unread) = await clock.TryAsync(token => NvrReader.ReadAsync(
            repository, fedora.Places.Main(wanted.Package), wanted.Package, wanted.Branch, commit, MacroContext.ForDistGitBranch(wanted.Branch), token));
        return reading switch
        {
            NvrReading.Known known => await WithBuildAsync(preview with { Nvr = known.Nvr }, known.Nvr, clock),
            NvrReading.Unknown unknown => preview with { Build = new PreviewFinding(PreviewSign.Unknown, unknown.Reason) },
            _ => preview with { Build = new PreviewFinding(PreviewSign.Unknown, unread!) },
        };
    }

    private static IEnumerable<string> Notes(BranchToPreview wanted, BranchPreview preview)
    {
        if (wanted.Shared.PullRequests.WhyNot is { } why)
        {
            yield return PreviewTexts.PullRequestsUnknown(why);
        }

        if (preview.Outcome == PreviewOutcome.Propose && preview.PresentVersion == wanted.Of.Begun.Version)
        {
            yield return PreviewTexts.SameVersion(wanted.Branch, preview.PresentVersion!);
        }
    }

    /// <summary>Commits of others on the working branch are never overwritten, so nothing would be proposed.</summary>
    private async Task<BranchPreview> WithForeignCommitsAsync(
        BranchToPreview wanted, BranchPreview preview, GitRepository repository, PreviewClock clock)
    {
        if (wanted.Shared.ForkHeads is { Value: null, WhyNot: { } away })
        {
            return preview with { Notes = [.. preview.Notes, PreviewTexts.ForkUnknown(away)] };
        }

        if (wanted.Shared.ForkHeads.Value?.GetValueOrDefault(preview.WorkingBranch!) is not { } present)
        {
            return preview;
        }

        var (foreign, unread) = await clock.TryAsync(token => ForeignCommits.FindAsync(
            repository, fedora.Places.ForkForReading(wanted.Package), fedora.Places.Main(wanted.Package), preview.WorkingBranch!, wanted.Head!, present,
            options.Value.CommitterEmail, token));
        return foreign switch
        {
            null => preview with { Notes = [.. preview.Notes, PreviewTexts.ForkUnknown(unread!)] },
            { Count: 0 } => preview,
            _ => preview with
            {
                Outcome = PreviewOutcome.Blocked,
                Code = FailureCodes.ForeignCommits,
                Reason = ProposeDownstreamTexts.ForeignCommits(preview.WorkingBranch!, foreign.Select(commit => $"{commit.Sha[..8]} {commit.Title} ({commit.Author.Name})")),
            },
        };
    }

    private async Task<BranchPreview> WithBuildAsync(BranchPreview preview, string nvr, PreviewClock clock)
    {
        var (build, kojiAway) = await clock.TryAsync(token => fedora.BuildAsync(nvr, token));
        var (update, bodhiAway) = await clock.TryAsync(token => fedora.UpdateAsync(nvr, token));
        return preview with { Build = OfBuild(nvr, build, kojiAway), Update = OfUpdate(nvr, update, bodhiAway) };
    }

    private PreviewFinding OfBuild(string nvr, Koji.KojiBuild? build, string? away) => (build, away) switch
    {
        (null, { } why) => new PreviewFinding(PreviewSign.Unknown, why),
        (null, null) => new PreviewFinding(PreviewSign.Good, PreviewTexts.NotBuilt(nvr)),
        ({ State: KojiBuildState.Complete or KojiBuildState.Building }, _) =>
            new PreviewFinding(PreviewSign.Bad, PreviewTexts.IsBuilt(nvr, build.State == KojiBuildState.Building), fedora.PageOf(build).AbsoluteUri),
        _ => new PreviewFinding(PreviewSign.Good, PreviewTexts.BuildEnded(nvr, build.State.ToString().ToLowerInvariant()), fedora.PageOf(build).AbsoluteUri),
    };

    private PreviewFinding OfUpdate(string nvr, Bodhi.BodhiUpdate? update, string? away) => (update, away) switch
    {
        (null, { } why) => new PreviewFinding(PreviewSign.Unknown, why),
        (null, null) => new PreviewFinding(PreviewSign.Good, PreviewTexts.NoUpdate(nvr)),
        _ => new PreviewFinding(
            PreviewSign.Bad, PreviewTexts.HasUpdate(nvr, update.Alias, update.Status.ToString().ToLowerInvariant()), fedora.PageOf(update).AbsoluteUri),
    };
}
