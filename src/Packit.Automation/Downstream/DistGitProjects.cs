using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Downstream;

/// <summary>Rows of dist-git projects.</summary>
public sealed class DistGitProjects(IPackitDbFactory databases, DistGitAddresses addresses, IOptions<DistGitOptions> options)
{
    public async Task<int> IdOfAsync(string package, CancellationToken cancellationToken)
    {
        var url = addresses.WebUrl(package);
        var project = await databases.GetOrCreateAsync(
            row => row.ProjectUrl == url,
            () => new GitProject
            {
                InstanceUrl = new Uri(url).Host, Namespace = options.Value.Namespace, RepoName = package, ProjectUrl = url,
            },
            cancellationToken);
        return project.Id;
    }
}
