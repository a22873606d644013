namespace Packit.Automation.Storage;

/// <summary>The state of a build (API field <c>status</c> of a Koji build).</summary>
public enum KojiBuildStatus
{
    /// <summary>To be submitted.</summary>
    [WireName("queued")]
    Queued,

    /// <summary>Being submitted, or submitted and not begun by Koji.</summary>
    [WireName("pending")]
    Pending,

    /// <summary>Koji builds.</summary>
    [WireName("running")]
    Running,

    /// <summary>Submitting it failed and is tried again.</summary>
    [WireName("retry")]
    Retry,

    [WireName("success")]
    Success,

    /// <summary>It failed in Koji.</summary>
    [WireName("failure")]
    Failure,

    [WireName("canceled")]
    Canceled,

    /// <summary>It could not be submitted, or was deleted.</summary>
    [WireName("error")]
    Error,

    /// <summary>Not built on purpose: the same build is there, or the commit is not.</summary>
    [WireName("skipped")]
    Skipped,
}

/// <summary>What the states of a build mean for those who move it.</summary>
public static class KojiBuildStates
{
    /// <summary>Not finished. Everything else is final and never overwritten.</summary>
    public static IReadOnlyList<KojiBuildStatus> Open { get; } =
        [KojiBuildStatus.Queued, KojiBuildStatus.Pending, KojiBuildStatus.Running, KojiBuildStatus.Retry];

    /// <summary>Open, and to be submitted as far as it has no task.</summary>
    public static IReadOnlyList<KojiBuildStatus> Submitting { get; } = [KojiBuildStatus.Queued, KojiBuildStatus.Pending, KojiBuildStatus.Retry];

    /// <summary>Open, and in Koji's hands.</summary>
    public static IReadOnlyList<KojiBuildStatus> Watched { get; } = [KojiBuildStatus.Pending, KojiBuildStatus.Running];

    /// <summary>Ended in a way that its maintainers are told of in the issue repository.</summary>
    public static IReadOnlyList<KojiBuildStatus> Failed { get; } = [KojiBuildStatus.Failure, KojiBuildStatus.Canceled, KojiBuildStatus.Error];
}
