using Microsoft.EntityFrameworkCore;
using Packit.Automation.Matching;
using Packit.Automation.Storage;
using Packit.PackageConfig;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Everything that is known about an update before the first remote call.</summary>
/// <param name="Target">The update, not tracked.</param>
/// <param name="Group">What it was asked for with.</param>
/// <param name="Event">What it is for.</param>
/// <param name="View">The job as seen from the package.</param>
public sealed record UpdateContext(BodhiUpdateTarget Target, BodhiUpdateGroup Group, ProjectEvent Event, JobView View)
{
    public PackageSettings Settings => View.Settings;

    /// <summary>Name of the dist-git repository.</summary>
    public string Package => Group.DownstreamPackage;

    /// <summary>The one build; updates of several builds come from side tags.</summary>
    public string Nvr => Target.KojiNvrs;

    /// <summary>Whether somebody asked for it in a pull request.</summary>
    public bool IsByComment => Event.Type == ProjectEventType.PullRequest;

    /// <summary>Reads the rows of an update.</summary>
    public static async Task<UpdateContext> LoadAsync(IPackitDbFactory databases, int targetId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(databases);
        await using var database = databases.Create();
        var target = await database.Updates.AsNoTracking()
            .Include(row => row.Group).ThenInclude(group => group.Config)
            .Include(row => row.Group).ThenInclude(group => group.ProjectEvent)
            .Include(row => row.Group).ThenInclude(group => group.Project)
            .SingleAsync(row => row.Id == targetId, cancellationToken);
        var config = ConfigLoader.Reread(target.Group.Config, target.Group.DownstreamPackage);
        return new UpdateContext(target, target.Group, target.Group.ProjectEvent, config.Views[target.Group.ViewIndex]);
    }
}
