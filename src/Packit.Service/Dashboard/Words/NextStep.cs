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
public sealed record NextStep(string? Who, string Text, IReadOnlyList<PullRequestLink> Links)
{
    private const string Service = "This service";
    private const string Packagers = "Maintainers of the package";
    private const string Upstream = "Maintainers of the project";
    private const string Operators = "Operators of this service";

    /// <summary>The next step of one branch.</summary>
    public static NextStep Of(BranchState state) => state.Status switch
    {
        SyncReleaseTargetStatus.Queued when state.NextAttemptAt is { } at => new(Service, $"Waits; begins again at {Clock(at)}.", []),
        SyncReleaseTargetStatus.Queued => new(Service, "Waits for its turn.", []),
        SyncReleaseTargetStatus.Running => new(Service, "Is being worked on.", []),
        SyncReleaseTargetStatus.Retry => new(Service, Waits(state), []),
        SyncReleaseTargetStatus.Submitted when state.PullRequests.Count > 0 => new(Packagers, Merge(state.PullRequests), state.PullRequests),
        SyncReleaseTargetStatus.Submitted => new(null, "Nothing is left to do.", []),
        SyncReleaseTargetStatus.Skipped => new(null, $"Nothing to do: {FirstLine(state.Message)}", []),
        SyncReleaseTargetStatus.Error => new(WhoMends(state.FailureKind), $"Failed: {FirstLine(state.Message)}", []),
    };

    /// <summary>The next step of a release: what needs a person comes before what goes on by itself.</summary>
    public static NextStep Of(IReadOnlyList<BranchState> branches)
    {
        if (branches.Count == 0)
        {
            return new NextStep(null, "No branch was worked on.", []);
        }

        var failed = branches.Where(branch => branch.Status == SyncReleaseTargetStatus.Error).ToList();
        if (failed.Count > 0)
        {
            return Named(failed);
        }

        if (branches.FirstOrDefault(branch => branch.Status == SyncReleaseTargetStatus.Retry) is { } waiting)
        {
            return Named([waiting]);
        }

        if (branches.FirstOrDefault(branch => branch.Status is SyncReleaseTargetStatus.Queued or SyncReleaseTargetStatus.Running) is { } open)
        {
            return Named([open]);
        }

        var pulls = branches.SelectMany(branch => branch.PullRequests).DistinctBy(pull => pull.Url).ToList();
        return pulls.Count > 0 ? new NextStep(Packagers, Merge(pulls), pulls) : Of(branches[0]);
    }

    /// <summary>What a person can do about a failure; null for everything else.</summary>
    /// <param name="state">The branch.</param>
    /// <param name="command">The word that commands in comments begin with.</param>
    public static string? Remedy(BranchState state, string command) => (state.Status, state.FailureKind) switch
    {
        (SyncReleaseTargetStatus.Error, FailureKind.UserFixable) =>
            $"Change what the message names, then write the comment “{command} propose-downstream” in an issue of the project. Only branches that are not done are worked on again.",
        (SyncReleaseTargetStatus.Error, FailureKind.Transient) =>
            $"All attempts are used up. When the cause is gone, write the comment “{command} propose-downstream” in an issue of the project.",
        (SyncReleaseTargetStatus.Error, FailureKind.Rejected) =>
            "This was refused by a rule of this deployment and is not tried again. The message names the rule; its operators can tell more.",
        (SyncReleaseTargetStatus.Error, _) =>
            $"This is a fault of the service, and its operators were told. Once it is mended, the comment “{command} propose-downstream” in an issue of the project starts again.",
        _ => null,
    };

    private static NextStep Named(List<BranchState> branches)
    {
        var step = Of(branches[0]);
        var others = branches.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {branches.Count - 1} more)");
        return step with { Text = $"{branches[0].Branch}: {step.Text}{others}" };
    }

    private static string Merge(IReadOnlyList<PullRequestLink> pulls) => pulls.Count == 1
        ? "Review and merge the pull request:"
        : string.Create(CultureInfo.InvariantCulture, $"Review and merge {pulls.Count} pull requests:");

    private static string Waits(BranchState state)
    {
        var failure = new Failure(state.FailureKind ?? FailureKind.Transient, state.FailureCode ?? "", state.Message ?? "");
        var what = failure.Code == FailureCodes.ArchiveNotThere ? "Waits for the archive" : "Waits for a service that did not answer as it should";
        if (state.NextAttemptAt is not { } next)
        {
            return $"{what}.";
        }

        var attempts = TargetRows.ScheduleOf(failure).Count + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{what}, next attempt {Clock(next)} ({Math.Min(state.Retries + 1, attempts)} of {attempts}).");
    }

    private static string? WhoMends(FailureKind? kind) => kind switch
    {
        FailureKind.UserFixable or FailureKind.Transient => Upstream,
        FailureKind.Rejected => Upstream,
        FailureKind.Bug or null => Operators,
    };

    private static string Clock(DateTimeOffset at) => $"{at.UtcDateTime:HH:mm} UTC";

    private static string FirstLine(string? text) => text is null ? "no reason was given." : text.Split('\n', 2)[0].TrimEnd('\r');
}
