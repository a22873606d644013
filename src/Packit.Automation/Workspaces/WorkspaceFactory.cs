using Packit.DistGit;

namespace Packit.Automation.Workspaces;

/// <summary>Makes workspaces, each in a private folder of its own.</summary>
public sealed class WorkspaceFactory(GitProgram git, ProcessFolder process)
{
    public ReleaseWorkspace Create(WorkspaceKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        // The name is for people who look at the disk; what makes it unique is the random end.
        var folder = Path.Combine(process.Path, $"run-{key.RunId}-{Path.GetRandomFileName()}");
        return new ReleaseWorkspace(git, folder);
    }
}
