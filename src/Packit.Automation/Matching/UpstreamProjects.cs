using Packit.Automation.Events;
using Packit.Automation.Storage;

namespace Packit.Automation.Matching;

/// <summary>Rows of upstream projects.</summary>
internal static class UpstreamProjects
{
    /// <summary>The row of a repository, made when it is not there; tracked, and with the repository's present visibility.</summary>
    public static async Task<GitProject> UpstreamProjectAsync(this PackitDb database, UpstreamRepository upstream, CancellationToken cancellationToken)
    {
        var project = await database.GetOrCreateAsync(
            row => row.ProjectUrl == upstream.WebUrl,
            () => new GitProject
            {
                InstanceUrl = upstream.Host, Namespace = upstream.Name.Owner, RepoName = upstream.Name.Name, ProjectUrl = upstream.WebUrl,
                IsPrivate = upstream.IsPrivate, ForgeId = upstream.Id,
            },
            cancellationToken);
        project.IsPrivate = upstream.IsPrivate;
        project.ForgeId ??= upstream.Id;
        return project;
    }
}
