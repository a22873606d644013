namespace Packit.Automation.Storage;

/// <summary>The state of creating an update (API field <c>status</c> of a Bodhi update).</summary>
public enum BodhiUpdateStatus
{
    /// <summary>To be created; it may wait for the builds to be tagged.</summary>
    [WireName("queued")]
    Queued,

    /// <summary>Creating it failed and is tried again.</summary>
    [WireName("retry")]
    Retry,

    [WireName("success")]
    Success,

    [WireName("error")]
    Error,

    /// <summary>Not created on purpose: there is one already, or there is to be none.</summary>
    [WireName("skipped")]
    Skipped,
}

/// <summary>Where an update is in Bodhi.</summary>
public enum BodhiUpdateState
{
    [WireName("pending")]
    Pending,

    [WireName("testing")]
    Testing,

    [WireName("stable")]
    Stable,

    [WireName("unpushed")]
    Unpushed,

    [WireName("obsolete")]
    Obsolete,
}

/// <summary>What the states of an update mean for those who move it.</summary>
public static class BodhiUpdateStates
{
    /// <summary>Not created yet. Everything else is final as far as creating goes.</summary>
    public static IReadOnlyList<BodhiUpdateStatus> Open { get; } = [BodhiUpdateStatus.Queued, BodhiUpdateStatus.Retry];

    /// <summary>On its way in Bodhi: followed until it is somewhere else.</summary>
    public static IReadOnlyList<BodhiUpdateState> Followed { get; } = [BodhiUpdateState.Pending, BodhiUpdateState.Testing];
}
