using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Which builds of Koji the service has made.</summary>
public sealed class OwnBuilds(IPackitDbFactory databases)
{
    /// <summary>Our row of a build, when the service built it, or asked for it and waits for the answer.</summary>
    /// <returns>Null when it is somebody else's.</returns>
    public async Task<OwnBuild?> FindAsync(CompleteBuild build, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(build);
        await using var database = databases.Create();
        return await database.Builds.AsNoTracking()
            .Where(row => row.Nvr == build.Nvr && row.Status != KojiBuildStatus.Skipped
                && (row.BuildId == build.Id || (row.TaskId == null && row.IntendedAt != null && KojiBuildStates.Submitting.Contains(row.Status))))
            .OrderBy(row => row.BuildId == null).ThenBy(row => row.Id)
            .Select(row => new OwnBuild(row.Id, row.Group.DeliveryId, row.BuildId == build.Id)).FirstOrDefaultAsync(cancellationToken);
    }
}

/// <summary>A build that the service asked for.</summary>
/// <param name="RowId">The build's row.</param>
/// <param name="DeliveryId">What it was made for.</param>
/// <param name="IsKnown">Whether Koji has said that the build is ours.</param>
public sealed record OwnBuild(int RowId, long DeliveryId, bool IsKnown);
