namespace Packit.Koji;

public sealed partial class KojiClient
{
    /// <returns>Null when there is no such build.</returns>
    public Task<KojiBuild?> BuildAsync(string nvr, CancellationToken cancellationToken) => SendAsync(KojiCalls.Build(nvr), cancellationToken);

    /// <returns>Null when there is no such build.</returns>
    public Task<KojiBuild?> BuildAsync(int id, CancellationToken cancellationToken) => SendAsync(KojiCalls.Build(id), cancellationToken);

    /// <summary>Builds, newest first; with <see cref="BuildQuery.TaskId"/> the build that a task made.</summary>
    public Task<IReadOnlyList<KojiBuild>> BuildsAsync(BuildQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return SendAsync(KojiCalls.Builds(query), cancellationToken);
    }

    /// <summary>
    /// Starts a build. The hub takes every source and every target; a wrong one lets the task fail later, so check
    /// <see cref="BuildTargetAsync"/> before. Two builds of one NVR: the task of the second fails with "Build already exists".
    /// </summary>
    /// <returns>The number of the task. Ask for it every few minutes (<see cref="TaskAsync"/>), or listen to the bus.</returns>
    /// <exception cref="KojiException">
    /// With <see cref="KojiEffect.Unknown"/> or <see cref="KojiEffect.Happened"/> a task may be there: look for it with
    /// <see cref="TasksAsync(TaskQuery, CancellationToken)"/> and <see cref="BuildTaskArguments.Answers"/>, and with <see cref="BuildAsync(string, CancellationToken)"/>.
    /// </exception>
    public Task<int> StartBuildAsync(KojiBuildRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(KojiCalls.StartBuild(request), cancellationToken);
    }

    /// <summary>The changelog of a build's source package.</summary>
    /// <param name="nvr">The build; it must be complete.</param>
    /// <param name="after">Only entries later than this; null for all.</param>
    /// <returns>Newest first; empty when there is no such build.</returns>
    public Task<IReadOnlyList<ChangelogEntry>> ChangelogAsync(string nvr, DateTimeOffset? after, CancellationToken cancellationToken) =>
        SendAsync(KojiCalls.Changelog(nvr, after), cancellationToken);
}
