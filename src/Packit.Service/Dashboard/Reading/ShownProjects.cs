using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>
/// Which projects everybody may see: public ones. Private ones that are served are shown where the operators say so, and those that are not
/// served never: not even their names.
/// </summary>
public sealed class ShownProjects(IOptions<ServiceOptions> service)
{
    /// <summary>The projects, to be used within a query of the same unit of work.</summary>
    public IQueryable<GitProject> In(PackitDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var enabled = service.Value.EnabledPrivateNamespaces.ToList();
        return service.Value.ShowPrivateRepositories
            ? db.Projects.Where(project => !project.IsPrivate || enabled.Contains(project.InstanceUrl + "/" + project.Namespace))
            : db.Projects.Where(project => !project.IsPrivate);
    }
}
