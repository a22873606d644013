namespace Packit.Koji;

/// <summary>Koji: <c>BUILD_STATES</c>. All but <see cref="Building"/> are final.</summary>
public enum KojiBuildState
{
    Building = 0,
    Complete = 1,
    Deleted = 2,
    Failed = 3,
    Canceled = 4,
}
