using Packit.Automation.Explaining;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>A pull request in dist-git, and what became of it.</summary>
public sealed record PullRequestLink
{
    public required int Number { get; init; }

    public required string Title { get; init; }

    public required string Url { get; init; }

    public required string TargetBranch { get; init; }

    public required bool IsFastForward { get; init; }

    public required PullRequestState State { get; init; }

    /// <summary>When it was merged or closed.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The branch of a release that it stands for now: a newer release takes an open pull request over.</summary>
    public required int NewestTargetId { get; init; }

    /// <summary>The latest build of what was merged; null when there is none.</summary>
    public required BuildState? Build { get; init; }
}

/// <summary>A release of an upstream project.</summary>
public sealed record ReleaseHead(int Id, string Host, string Project, string ProjectUrl, string Tag, string Commit, DateTimeOffset SeenAt);

/// <summary>How far one dist-git branch of a release is.</summary>
public sealed record BranchState
{
    public required int TargetId { get; init; }

    public required int ReleaseId { get; init; }

    public required string Package { get; init; }

    public required string Branch { get; init; }

    public required SyncReleaseTargetStatus Status { get; init; }

    public required DateTimeOffset SubmittedTime { get; init; }

    public required DateTimeOffset? StartTime { get; init; }

    public required DateTimeOffset? FinishedTime { get; init; }

    public required int Attempts { get; init; }

    public required int Retries { get; init; }

    public required DateTimeOffset? NextAttemptAt { get; init; }

    public required FailureKind? FailureKind { get; init; }

    public required string? FailureCode { get; init; }

    public required string? Message { get; init; }

    public required string? Version { get; init; }

    public required RunTrigger Trigger { get; init; }

    public required long DeliveryId { get; init; }

    public required IReadOnlyList<PullRequestLink> PullRequests { get; init; }
}

/// <summary>One page of the list of releases, newest first.</summary>
/// <param name="Releases">The releases and the present state of their branches.</param>
/// <param name="Older">Where the next page begins; null on the last one.</param>
/// <param name="IsFirst">Whether this is the page with the newest.</param>
public sealed record ReleaseList(IReadOnlyList<ReleaseRow> Releases, int? Older, bool IsFirst);

/// <summary>A release in the list.</summary>
public sealed record ReleaseRow(ReleaseHead Head, IReadOnlyList<BranchState> Branches);

/// <summary>Everything about a release.</summary>
/// <param name="Head">The release.</param>
/// <param name="Branches">The present state of its branches.</param>
/// <param name="Earlier">What earlier runs came to, newest first.</param>
/// <param name="Deliveries">What asked for it, and what was decided.</param>
public sealed record ReleaseDetails(
    ReleaseHead Head, IReadOnlyList<BranchState> Branches, IReadOnlyList<BranchState> Earlier, IReadOnlyList<DeliveryFacts> Deliveries);

/// <summary>A delivery and the decisions that came of it.</summary>
/// <param name="Id">Its number, by which its page is found.</param>
/// <param name="What">What it told; the event's name when that is not known.</param>
/// <param name="Actor">Who did that; null when it is not known.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Outcome">What came of it, on one line; null while nothing did.</param>
/// <param name="Decisions">Why jobs ran, or did not.</param>
public sealed record DeliveryFacts(
    long Id, string What, string? Actor, DateTimeOffset ReceivedAt, string? Outcome, IReadOnlyList<ExplainedDecision> Decisions);

/// <summary>Everything about one branch.</summary>
/// <param name="Release">The release.</param>
/// <param name="State">Its state.</param>
/// <param name="Plan">What would be or was done, one step a line.</param>
/// <param name="CommitSha">The commit that was pushed.</param>
/// <param name="Diff">The change as a unified diff.</param>
/// <param name="Log">The last lines of the log.</param>
/// <param name="LogIsCut">Whether there are earlier lines.</param>
/// <param name="Siblings">The branches of the same run, this one among them.</param>
public sealed record TargetDetails(
    ReleaseHead Release, BranchState State, string? Plan, string? CommitSha, string? Diff, IReadOnlyList<LogLine> Log, bool LogIsCut,
    IReadOnlyList<BranchState> Siblings);

/// <summary>A line of a target's log.</summary>
public sealed record LogLine(long Id, DateTimeOffset At, LogLevelName Severity, string Text)
{
    public string Level => WireNames<LogLevelName>.Of(Severity);
}
