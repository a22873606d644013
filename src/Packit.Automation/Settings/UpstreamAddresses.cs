using Packit.Automation.Events;
using Packit.DistGit;

namespace Packit.Automation.Settings;

/// <summary>Where an upstream repository is: for git and for people.</summary>
public static class UpstreamAddresses
{
    public static GitRemote Remote(UpstreamRepository repository, GitCredentials? credentials)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return new GitRemote(new Uri($"{repository.WebUrl}.git"), credentials);
    }

    public static string TagUrl(UpstreamRepository repository, string tag)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return $"{repository.WebUrl}/releases/tag/{Uri.EscapeDataString(tag).Replace("%2F", "/", StringComparison.Ordinal)}";
    }

    public static string CommitUrl(UpstreamRepository repository, string commit)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return $"{repository.WebUrl}/commit/{commit}";
    }
}
