using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Automation.KojiBuild;

/// <summary>
/// Tells builds of this service from those of everybody else. All of Fedora's builds are spoken of, by the thousand when everything is rebuilt,
/// and next to none are ours: one statement answers for many.
/// </summary>
public sealed class KnownBuilds(IPackitDbFactory databases)
{
    /// <summary>Which of these builds the service has to do with.</summary>
    /// <param name="tasks">Koji's numbers of their tasks.</param>
    /// <param name="nvrs">Their NVRs: a build that was adopted has somebody else's task.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<KnownBuildSet> AmongAsync(
        IReadOnlyCollection<long> tasks, IReadOnlyCollection<string> nvrs, CancellationToken cancellationToken)
    {
        if (tasks.Count + nvrs.Count == 0)
        {
            return new KnownBuildSet(new HashSet<long>(), new HashSet<string>());
        }

        await using var database = databases.Create();
        // Two halves, so that each goes by its index.
        var byTask = database.Builds.Where(row => row.TaskId != null && tasks.Contains(row.TaskId.Value));
        var byNvr = database.Builds.Where(row => row.Nvr != null && nvrs.Contains(row.Nvr));
        var rows = await byTask.Select(row => new { row.TaskId, row.Nvr }).Union(byNvr.Select(row => new { row.TaskId, row.Nvr }))
            .ToListAsync(cancellationToken);
        return new KnownBuildSet(
            rows.Select(row => row.TaskId).OfType<long>().ToHashSet(),
            rows.Select(row => row.Nvr).OfType<string>().ToHashSet());
    }
}

/// <summary>Builds of this service, by their tasks and by their NVRs.</summary>
public sealed record KnownBuildSet(IReadOnlySet<long> Tasks, IReadOnlySet<string> Nvrs)
{
    /// <summary>Whether a build with this task or this NVR is among them.</summary>
    public bool Holds(long? task, string? nvr) => (task is { } id && Tasks.Contains(id)) || (nvr is not null && Nvrs.Contains(nvr));
}
