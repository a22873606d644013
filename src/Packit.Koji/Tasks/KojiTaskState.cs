namespace Packit.Koji;

/// <summary>Koji: <c>TASK_STATES</c>. Final are <see cref="Closed"/>, <see cref="Canceled"/> and <see cref="Failed"/>.</summary>
public enum KojiTaskState
{
    /// <summary>Waits for a builder.</summary>
    Free = 0,

    /// <summary>Runs.</summary>
    Open = 1,

    /// <summary>Ended well.</summary>
    Closed = 2,
    Canceled = 3,
    Assigned = 4,
    Failed = 5,
}
