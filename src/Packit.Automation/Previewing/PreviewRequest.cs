using Packit.Automation.Events;
using Packit.DistGit;

namespace Packit.Automation.Previewing;

/// <summary>Somebody wants to see what would be proposed.</summary>
/// <param name="Source">The upstream repository.</param>
public sealed record PreviewRequest(PreviewSource Source)
{
    /// <summary>A branch, a tag, a whole commit id, <c>pull/12/head</c> or <c>HEAD</c>; null for <see cref="PullRequest"/>, else the default branch.</summary>
    public string? Ref { get; init; }

    /// <summary>The tag that the release would have; null to tell it from the commit.</summary>
    public string? Tag { get; init; }

    /// <summary>Only this package of the config; null for all.</summary>
    public string? Package { get; init; }

    /// <summary>The pull request whose head is looked at when no ref is named.</summary>
    public int? PullRequest { get; init; }
}

/// <summary>An upstream repository to be read.</summary>
/// <param name="Remote">Where git reads it.</param>
/// <param name="Shown">Its address as people know it.</param>
/// <param name="Name">Its name without owner: the default of package names.</param>
public sealed record PreviewSource(GitRemote Remote, string Shown, string Name)
{
    /// <summary>The repository on the forge; null for one that the service knows nothing of.</summary>
    public UpstreamRepository? Repository { get; init; }

    /// <summary>Whether it is a folder of this machine.</summary>
    public bool IsLocal => Remote.Url.IsFile;
}
