namespace Packit.Automation.Storage;

/// <summary>The state of one run of a release through one package (API field <c>status</c> of a run).</summary>
public enum SyncReleaseStatus
{
    [WireName("running")]
    Running,

    [WireName("finished")]
    Finished,

    [WireName("error")]
    Error,
}

/// <summary>The state of one dist-git branch of a run (API field <c>status</c> of a target).</summary>
public enum SyncReleaseTargetStatus
{
    [WireName("queued")]
    Queued,

    [WireName("running")]
    Running,

    [WireName("error")]
    Error,

    [WireName("retry")]
    Retry,

    [WireName("submitted")]
    Submitted,

    [WireName("skipped")]
    Skipped,
}

/// <summary>Which job made a run.</summary>
public enum SyncReleaseJobType
{
    [WireName("propose_downstream")]
    ProposeDownstream,
}

/// <summary>What asked for a run.</summary>
public enum RunTrigger
{
    [WireName("release")]
    Release,

    [WireName("comment")]
    Comment,

    [WireName("check-rerun")]
    CheckRerun,
}

/// <summary>What the states of a target mean for those who move it.</summary>
public static class SyncReleaseTargetStates
{
    /// <summary>Not finished: a worker has it, will have it, or will have it again.</summary>
    public static IReadOnlyList<SyncReleaseTargetStatus> Open { get; } =
        [SyncReleaseTargetStatus.Queued, SyncReleaseTargetStatus.Running, SyncReleaseTargetStatus.Retry];

    /// <summary>Open, and in no worker's hands.</summary>
    public static IReadOnlyList<SyncReleaseTargetStatus> Waiting { get; } = [SyncReleaseTargetStatus.Queued, SyncReleaseTargetStatus.Retry];
}
