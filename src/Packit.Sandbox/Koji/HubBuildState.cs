namespace Packit.Sandbox.Koji;

/// <summary>Koji's <c>BUILD_STATES</c>, with their numbers on the wire.</summary>
public enum HubBuildState
{
    Building = 0,
    Complete = 1,
    Deleted = 2,
    Failed = 3,
    Canceled = 4,
}
