using System.Diagnostics;
using Microsoft.Extensions.Options;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.DistGit;
using Packit.Pagure;

namespace Packit.Automation.Previewing;

/// <summary>Says what would happen to one dist-git branch: the plan of a release, and what stands in its way. Nothing of it is carried out.</summary>
internal sealed class BranchPreviewer(
    BranchFiles files, SpecQuestions questions, ChangePreviewer changes, ConflictPreviewer conflicts, FedoraReader fedora, IOptions<DistGitOptions> options,
    TimeProvider time)
{
    /// <summary>Makes the preview of a branch.</summary>
    public async Task<BranchPreview> MakeAsync(BranchToPreview wanted, GitRepository repository, PreviewClock clock)
    {
        if (wanted.Head is null)
        {
            return Blocked(wanted, FailureCodes.BranchMissing, ProposeDownstreamTexts.BranchMissing(wanted.Branch, wanted.Package));
        }

        var notes = new PlanNotes();
        var pulls = PullRequests(wanted);
        var (input, unread) = await clock.TryAsync(token => files.ReadAsync(repository, wanted.Head, Facts(wanted, pulls), token));
        if (input is null)
        {
            return new BranchPreview { Branch = wanted.Branch, Outcome = PreviewOutcome.Unknown, Reason = unread };
        }

        var (plan, unplanned) = await clock.TryAsync(token => questions.PlanAsync(input, repository, notes, token));
        var begun = new BranchPreview
        {
            Branch = wanted.Branch, Outcome = PreviewOutcome.Unknown, Reason = unplanned, PresentVersion = Gates.VersionIn(input.DistGitSpec, input.Macros),
            PullRequests = pulls, Notes = notes.Lines,
        };
        return plan switch
        {
            null => begun,
            ProposeDownstreamPlan.Skip skip => begun with { Outcome = PreviewOutcome.Skip, Reason = skip.Reason },
            ProposeDownstreamPlan.Refuse refuse => begun with { Outcome = PreviewOutcome.Blocked, Code = refuse.Failure.Code, Reason = refuse.Failure.Text },
            ProposeDownstreamPlan.Change change => await ChangeAsync(wanted, begun, input, change, repository, clock),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<BranchPreview> ChangeAsync(
        BranchToPreview wanted, BranchPreview begun, PlanInput input, ProposeDownstreamPlan.Change plan, GitRepository repository, PreviewClock clock)
    {
        var (result, untold) = await clock.TryAsync(token => changes.MakeAsync(wanted, begun, input, plan, repository, token));
        if (result is null)
        {
            return begun with { Reason = untold };
        }

        var (offers, noOffers) = await clock.TryAsync(token => FastForwardPlan.MakeAsync(
            input.Settings, wanted.Branch, plan.Version, input.Aliases, repository, fedora.Places.Main(wanted.Package), token));
        result = result with
        {
            Offers = [.. (offers ?? []).Select(offer => new PreviewedOffer(offer.Branch, offer.WhyNot))],
            Notes = [.. result.Notes, .. plan.Notes, .. noOffers is null ? [] : new[] { PreviewTexts.OffersUnknown(noOffers) }],
        };
        return await conflicts.WithConflictsAsync(wanted, result, input, repository, clock);
    }

    private BranchFacts Facts(BranchToPreview wanted, IReadOnlyList<PreviewedPullRequest> pulls) =>
        new(wanted.Of.Settings, wanted.Branch, wanted.Of.Tag, wanted.Of.Upstream.Tree)
        {
            Aliases = wanted.Of.Aliases,
            SeenAt = time.GetUtcNow(),
            Bugs = wanted.Shared.Bugs,
            Open = pulls.Where(pull => pull.IsOurs)
                .Select(pull => PullRequestTexts.VersionOf(pull.Title, wanted.Branch) is { } version ? new OpenProposal(version, pull.Url) : null)
                .FirstOrDefault(proposal => proposal is not null),
        };

    /// <summary>Open pull requests to the branch: ours is the one from the working branch of the service's fork.</summary>
    private List<PreviewedPullRequest> PullRequests(BranchToPreview wanted)
    {
        var version = wanted.Of.Begun.Version!;
        return
        [
            .. (wanted.Shared.PullRequests.Value ?? []).Where(pull => pull.Branch == wanted.Branch).Select(pull => new PreviewedPullRequest(
                pull.Id, pull.Title, pull.User.Name, $"{fedora.Places.WebUrl(wanted.Package)}/pull-request/{pull.Id}",
                IsOurs(wanted, pull), ArchiveName.Carries(pull.Title, version))),
        ];
    }

    private bool IsOurs(BranchToPreview wanted, PagurePullRequest pull) =>
        pull.User.Name == options.Value.User && pull.BranchFrom == ProposeDownstreamJob.WorkingBranch(wanted.Branch);

    private static BranchPreview Blocked(BranchToPreview wanted, string code, string reason) =>
        new() { Branch = wanted.Branch, Outcome = PreviewOutcome.Blocked, Code = code, Reason = reason };
}

/// <summary>A branch to be looked at.</summary>
/// <param name="Of">Its package.</param>
/// <param name="Branch">Its name.</param>
/// <param name="Head">Its head; null when there is no such branch.</param>
/// <param name="Shared">What the branches of the package share.</param>
internal sealed record BranchToPreview(PackageToPreview Of, string Branch, string? Head, SharedReadings Shared)
{
    /// <summary>Name of the dist-git repository.</summary>
    public string Package => Of.Settings.DownstreamPackageName;
}

/// <summary>What was found out while the plan was made, as notes of the preview.</summary>
internal sealed class PlanNotes : IPlanLog
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    // How something was found out is of no use to who reads a preview.
    public void Info(string text)
    {
    }

    public void Warning(string text) => _lines.Add(text);
}
