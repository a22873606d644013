namespace Packit.Automation.Storage;

/// <summary>One update in Bodhi: of the builds of one dist-git branch.</summary>
public sealed class BodhiUpdateTarget : IOutageWaiter
{
    public int Id { get; init; }

    public int GroupId { get; init; }

    public BodhiUpdateGroup Group { get; init; } = null!;

    /// <summary>The dist-git branch.</summary>
    public required string Branch { get; init; }

    /// <summary>The builds, separated by spaces, in the order of their names (API field <c>koji_nvrs</c>).</summary>
    public required string KojiNvrs { get; init; }

    /// <summary>The side tag that the builds are taken from; null for builds in the candidate tag.</summary>
    public string? SideTag { get; init; }

    /// <summary>The tag in which Bodhi wants to find the builds; null before Koji was asked.</summary>
    public string? CandidateTag { get; set; }

    /// <summary>When the builds were seen in that tag; null while that is waited for.</summary>
    public DateTimeOffset? TaggedAt { get; set; }

    /// <summary>Our build that the update is made of: the link to the release; null when somebody else built it.</summary>
    public int? BuildTargetId { get; init; }

    public KojiBuildTarget? BuildTarget { get; init; }

    public BodhiUpdateStatus Status { get; set; }

    /// <summary>When the update was about to be created. Set and no alias: the answer was lost, and Bodhi is asked for it.</summary>
    public DateTimeOffset? IntendedAt { get; set; }

    /// <summary>Bodhi's name of the update: <c>FEDORA-2026-0123456789</c>.</summary>
    public string? Alias { get; set; }

    public string? WebUrl { get; set; }

    /// <summary>When Bodhi made the update.</summary>
    public DateTimeOffset? UpdateCreationTime { get; set; }

    /// <summary>Where the update is in Bodhi; null before there is one.</summary>
    public BodhiUpdateState? UpdateState { get; set; }

    /// <summary>Where it is asked to go next: <c>testing</c>, <c>stable</c>; null when nowhere.</summary>
    public string? UpdateRequest { get; set; }

    public int? Karma { get; set; }

    /// <summary>What keeps it from being pushed, or that nothing does, as Bodhi and its gating say.</summary>
    public string? Gating { get; set; }

    /// <summary>When it reached testing.</summary>
    public DateTimeOffset? TestingTime { get; set; }

    /// <summary>When it reached stable.</summary>
    public DateTimeOffset? StableTime { get; set; }

    public required DateTimeOffset SubmittedTime { get; init; }

    /// <summary>When the service was done with creating it.</summary>
    public DateTimeOffset? FinishedTime { get; set; }

    /// <summary>Attempts to create it, for whatever reason.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempts that ended because a remote was away or asked to slow down; they count against nothing.</summary>
    public int Delays { get; set; }

    /// <summary>Since when a remote has been away for it; null when the last attempt met none that was.</summary>
    public DateTimeOffset? AwaySince { get; set; }

    /// <summary>Failed attempts of the present kind of waiting; decides the next pause.</summary>
    public int Retries { get; set; }

    /// <summary>When the next attempt to create it is due, while queued or in retry.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Until when the worker that creates it is believed alive.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public string? LeaseOwner { get; set; }

    /// <summary>When Bodhi is asked next how far it is, should no message tell.</summary>
    public DateTimeOffset? NextCheckAt { get; set; }

    /// <summary>How often Bodhi was asked; decides the pause to the next time.</summary>
    public int Checks { get; set; }

    public FailureKind? FailureKind { get; set; }

    /// <summary>Stable code, listed in the errors document.</summary>
    public string? FailureCode { get; set; }

    /// <summary>What the maintainer reads: why it failed, was skipped, or what is waited for.</summary>
    public string? Message { get; set; }

    /// <summary>The state that was reported last in the issue repository; differs from <see cref="Status"/> while that is due.</summary>
    public BodhiUpdateStatus? Reported { get; set; }
}
