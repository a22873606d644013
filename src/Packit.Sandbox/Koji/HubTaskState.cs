namespace Packit.Sandbox.Koji;

/// <summary>Koji's <c>TASK_STATES</c>, with their numbers on the wire.</summary>
public enum HubTaskState
{
    Free = 0,
    Open = 1,
    Closed = 2,
    Canceled = 3,
    Assigned = 4,
    Failed = 5,
}
