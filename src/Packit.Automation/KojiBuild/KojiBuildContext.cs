using Microsoft.EntityFrameworkCore;
using Packit.Automation.Matching;
using Packit.Automation.Storage;
using Packit.PackageConfig;

namespace Packit.Automation.KojiBuild;

/// <summary>Everything that is known about a build before the first remote call.</summary>
/// <param name="Target">The build, not tracked.</param>
/// <param name="Group">What it was asked for with.</param>
/// <param name="Event">What it is for.</param>
/// <param name="View">The job as seen from the package.</param>
public sealed record KojiBuildContext(KojiBuildTarget Target, KojiBuildGroup Group, ProjectEvent Event, JobView View)
{
    public PackageSettings Settings => View.Settings;

    /// <summary>Name of the dist-git repository.</summary>
    public string Package => Group.DownstreamPackage;

    /// <summary>Whether somebody asked for it in a pull request.</summary>
    public bool IsByComment => Event.Type == ProjectEventType.PullRequest;

    /// <summary>Reads the rows of a build.</summary>
    public static async Task<KojiBuildContext> LoadAsync(IPackitDbFactory databases, int targetId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(databases);
        await using var database = databases.Create();
        var target = await database.Builds.AsNoTracking()
            .Include(row => row.Group).ThenInclude(group => group.Config)
            .Include(row => row.Group).ThenInclude(group => group.ProjectEvent)
            .Include(row => row.Group).ThenInclude(group => group.PullRequest)
            .SingleAsync(row => row.Id == targetId, cancellationToken);
        var config = ConfigLoader.Reread(target.Group.Config, target.Group.DownstreamPackage);
        return new KojiBuildContext(target, target.Group, target.Group.ProjectEvent, config.Views[target.Group.ViewIndex]);
    }
}
