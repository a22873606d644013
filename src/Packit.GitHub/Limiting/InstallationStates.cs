using System.Collections.Concurrent;

namespace Packit.GitHub;

/// <summary>The states of all installations seen; one small object for each.</summary>
internal sealed class InstallationStates(GitHubLimits limits, IRateObserver? observer, TimeProvider time)
{
    /// <summary>Calls in the App's own name are counted by themselves.</summary>
    public const long OfApp = 0;

    private readonly ConcurrentDictionary<long, InstallationState> _states = new();

    public InstallationState Of(long installationId) =>
        _states.GetOrAdd(installationId, static (id, it) => new InstallationState(id, it.limits, it.observer, it.time), (limits, observer, time));
}
