namespace Packit.Automation.Storage;

/// <summary>Where a delivery came from.</summary>
public enum DeliverySource
{
    [WireName("github")]
    GitHub,

    [WireName("fedora-messaging")]
    FedoraMessaging,
}

/// <summary>What became of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>Stored, not read yet, or to be read again at its next attempt.</summary>
    [WireName("received")]
    Received,

    /// <summary>Read; jobs may have come of it, the decisions say which and why not.</summary>
    [WireName("handled")]
    Handled,

    /// <summary>Not readable (no JSON, unknown shape). Kept as evidence.</summary>
    [WireName("rejected")]
    Rejected,

    /// <summary>Reading it failed for good.</summary>
    [WireName("failed")]
    Failed,
}

/// <summary>The four kinds of failure. They decide who must act and whether anything is repeated.</summary>
public enum FailureKind
{
    /// <summary>May pass by itself; repeated with growing pauses.</summary>
    [WireName("transient")]
    Transient,

    /// <summary>The maintainer must change something; the text says what.</summary>
    [WireName("user-fixable")]
    UserFixable,

    /// <summary>Refused by policy or for security.</summary>
    [WireName("rejected")]
    Rejected,

    /// <summary>Our own fault.</summary>
    [WireName("bug")]
    Bug,
}

/// <summary>Where a remote effect stands.</summary>
public enum EffectState
{
    /// <summary>About to be made; after a crash the remote is asked whether it was.</summary>
    [WireName("intended")]
    Intended,

    [WireName("done")]
    Done,
}

/// <summary>How a namespace stands with the service.</summary>
public enum AllowlistStatus
{
    [WireName("approved_automatically")]
    ApprovedAutomatically,

    [WireName("waiting")]
    Waiting,

    [WireName("approved_manually")]
    ApprovedManually,

    [WireName("denied")]
    Denied,
}

/// <summary>Severity of a line of a target's log.</summary>
public enum LogLevelName
{
    [WireName("info")]
    Info,

    [WireName("warning")]
    Warning,

    [WireName("error")]
    Error,
}
