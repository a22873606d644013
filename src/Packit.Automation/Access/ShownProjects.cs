using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Access;

/// <summary>
/// What everybody may see: everything of public projects. Private ones that are served are shown where the operators say so, and those that are
/// not served never: not even their names. Every page asks here.
/// </summary>
public sealed class ShownProjects
{
    private readonly List<string> _enabled;

    public ShownProjects(IOptions<ServiceOptions> service)
    {
        ArgumentNullException.ThrowIfNull(service);
        _enabled = service.Value.ShowPrivateRepositories ? [.. service.Value.EnabledPrivateNamespaces] : [];
    }

    /// <summary>The projects, to be used within a query of the same unit of work.</summary>
    public IQueryable<GitProject> In(PackitDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Projects.Where(project => !project.IsPrivate || _enabled.Contains(project.InstanceUrl + "/" + project.Namespace));
    }

    /// <summary>
    /// The deliveries, to be used in the same way. One that came while its project was private stays hidden when the project becomes public, and
    /// all of a project are hidden once it is private, also those that came under a name that it had before.
    /// </summary>
    public IQueryable<InboxDelivery> DeliveriesIn(PackitDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var enabled = db.Projects.Where(project => _enabled.Contains(project.InstanceUrl + "/" + project.Namespace));
        return db.Deliveries.Where(delivery => !db.Subjects.Any(subject => subject.DeliveryId == delivery.Id
            && (subject.IsPrivate || db.Projects.Any(project => project.IsPrivate
                && (project.ForgeId == null || subject.ForgeId == null ? project.ProjectUrl == subject.ProjectUrl : project.ForgeId == subject.ForgeId)))
            && !enabled.Any(project =>
                project.ForgeId == null || subject.ForgeId == null ? project.ProjectUrl == subject.ProjectUrl : project.ForgeId == subject.ForgeId)));
    }

    /// <summary>Whether everybody may see a project.</summary>
    public bool Contains(GitProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return Contains(project.IsPrivate, project.InstanceUrl, project.Namespace);
    }

    /// <summary>Whether everybody may see a project, by its facts.</summary>
    public bool Contains(bool isPrivate, string host, string owner) => !isPrivate || _enabled.Contains($"{host}/{owner}");
}
