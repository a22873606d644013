using System.Globalization;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Storage;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard.Words;

/// <summary>The one thing that has to happen next.</summary>
/// <param name="Who">Who must do it; null when nobody must do anything.</param>
/// <param name="Text">What, in words.</param>
/// <param name="Links">The pull requests that it is about.</param>
/// <param name="Urgency">How much it needs somebody.</param>
public sealed record NextStep(string? Who, string Text, IReadOnlyList<PullRequestLink> Links, Urgency Urgency)
{
    /// <summary>The look of what shows it.</summary>
    public string CssClass => Urgency switch
    {
        Urgency.Nothing => "done",
        Urgency.Waiting => "running",
        Urgency.Person => "waiting",
        Urgency.Failed => "failed",
    };

    /// <summary>Nobody has to do anything.</summary>
    public static NextStep Nothing(string text) => new(null, text, [], Urgency.Nothing);

    /// <summary>The next step of one branch.</summary>
    public static NextStep Of(BranchState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Status switch
        {
            SyncReleaseTargetStatus.Queued when state.NextAttemptAt is { } at => Waiting($"Waits; begins again at {Clock(at)}."),
            SyncReleaseTargetStatus.Queued => Waiting("Waits for its turn."),
            SyncReleaseTargetStatus.Running => Waiting("Is being worked on."),
            SyncReleaseTargetStatus.Retry when IsAsked(state) => new(
                Words.Who.Packagers, "Agree to releases of this project, or close the pull request, which says how:", state.PullRequests, Urgency.Person),
            SyncReleaseTargetStatus.Retry when state.FailureCode == FailureCodes.AgreementAwaited => Waiting(FirstLine(state.Message)),
            SyncReleaseTargetStatus.Retry => Waiting(Waits(state)),
            SyncReleaseTargetStatus.Submitted => OfPullRequests(state),
            SyncReleaseTargetStatus.Skipped => Nothing($"Nothing to do: {FirstLine(state.Message)}"),
            SyncReleaseTargetStatus.Error => new(WhoMends(state.FailureKind), $"Failed: {FirstLine(state.Message)}", [], Urgency.Failed),
        };
    }

    /// <summary>The next step of a release: what needs a person comes before what goes on by itself.</summary>
    public static NextStep Of(IReadOnlyList<BranchState> branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        var steps = branches.Select(branch => (branch.Branch, Step: Of(branch))).ToList();
        if (steps.Count == 0)
        {
            return Nothing("Nothing was proposed; the page of the release says why.");
        }

        // Branches that are on their way are waited for before anybody is sent to review.
        var open = steps.Where((_, index) => branches[index].FinishedTime is null)
            .OrderByDescending(step => branches.Any(branch => branch.Branch == step.Branch && branch.Status == SyncReleaseTargetStatus.Retry)).ToList();
        var failed = steps.Where(step => step.Step.Urgency == Urgency.Failed).ToList();
        if (failed.Count == 0 && branches.FirstOrDefault(IsAsked) is { } asking)
        {
            return Of(asking);
        }

        var first = failed.Count > 0 ? failed : open.Count > 0 ? open : steps;
        var urgency = first.Max(step => step.Step.Urgency);
        if (urgency == Urgency.Nothing && steps.Count > 1)
        {
            return Nothing("Nothing is left to do; each branch says how it ended.");
        }

        var urgent = first.Where(step => step.Step.Urgency == urgency).ToList();
        var pulls = urgent.SelectMany(step => step.Step.Links).DistinctBy(pull => pull.Url).ToList();
        return pulls.Count > 0
            ? new NextStep(Words.Who.Packagers, Merge(pulls), pulls, urgency)
            : Named(urgent, all: steps.Count);
    }

    /// <summary>What a person can do about a failure; null for everything else.</summary>
    /// <param name="state">The branch.</param>
    /// <param name="command">The word that commands in comments begin with.</param>
    public static string? Remedy(BranchState state, string command) => (state.Status, state.FailureKind) switch
    {
        (SyncReleaseTargetStatus.Error, FailureKind.UserFixable) =>
            $"Change what the message names. Unless it asks for a new release, the comment “{command} propose-downstream” in an issue of the project then works on the branches that are not done.",
        (SyncReleaseTargetStatus.Error, FailureKind.Transient) =>
            $"All attempts are used up. When the cause is gone, write the comment “{command} propose-downstream” in an issue of the project.",
        (SyncReleaseTargetStatus.Error, FailureKind.Rejected) =>
            "This was refused by a rule of this deployment and is not tried again. The message names the rule; its operators can tell more.",
        (SyncReleaseTargetStatus.Error, _) =>
            $"This is a fault of the service, and its operators were told. Once it is mended, the comment “{command} propose-downstream” in an issue of the project starts again.",
        _ => null,
    };

    /// <summary>Whether its pull request asks the packagers.</summary>
    private static bool IsAsked(BranchState state) =>
        state is { Status: SyncReleaseTargetStatus.Retry, FailureCode: FailureCodes.AgreementAwaited, PullRequests.Count: > 0 };

    private static NextStep Waiting(string text) => new(Words.Who.Service, text, [], Urgency.Waiting);

    private static NextStep OfPullRequests(BranchState state)
    {
        var steps = state.PullRequests.Select(pull => AfterMerge.Of(pull, state.TargetId)).ToList();
        if (steps.Count == 0)
        {
            return Nothing("Nothing is left to do.");
        }

        var toMerge = steps.SelectMany(step => step.Links).ToList();
        return steps.Exists(step => step.Urgency == Urgency.Failed) || toMerge.Count == 0
            ? steps.MaxBy(step => step.Urgency)!
            : new NextStep(Words.Who.Packagers, Merge(toMerge), toMerge, Urgency.Person);
    }

    private static NextStep Named(List<(string Branch, NextStep Step)> steps, int all)
    {
        var (branch, step) = steps[0];
        var others = steps.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {steps.Count - 1} more)");
        return all == 1 ? step : step with { Text = $"{branch}: {step.Text}{others}" };
    }

    private static string Merge(IReadOnlyList<PullRequestLink> pulls) => pulls.Count == 1
        ? "Review and merge the pull request:"
        : string.Create(CultureInfo.InvariantCulture, $"Review and merge {pulls.Count} pull requests:");

    private static string Waits(BranchState state)
    {
        var failure = new Failure(state.FailureKind ?? FailureKind.Transient, state.FailureCode ?? "", state.Message ?? "");
        if (failure.Code == FailureCodes.RemoteLimit && state.NextAttemptAt is { } free)
        {
            return $"Is delayed because a service asked to slow down; goes on at {Clock(free)}.";
        }

        var what = failure.Code == FailureCodes.ArchiveNotThere ? "Waits for the archive" : "Waits for a service that did not answer as it should";
        if (state.NextAttemptAt is not { } next)
        {
            return $"{what}.";
        }

        if (OutagePatience.IsOutage(failure.Code))
        {
            return $"{what}, next attempt {Clock(next)}. {FirstLine(state.Message)}";
        }

        var attempts = TargetRows.ScheduleOf(failure).Count + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{what}, next attempt {Clock(next)} ({Math.Min(state.Retries + 1, attempts)} of {attempts}).");
    }

    private static string WhoMends(FailureKind? kind) => kind switch
    {
        FailureKind.UserFixable or FailureKind.Transient or FailureKind.Rejected => Words.Who.Upstream,
        FailureKind.Bug or null => Words.Who.Operators,
    };

    internal static string Clock(DateTimeOffset at) => $"{at.UtcDateTime:HH:mm} UTC";

    internal static string FirstLine(string? text) => text is null ? "no reason was given." : text.Split('\n', 2)[0].TrimEnd('\r');
}
