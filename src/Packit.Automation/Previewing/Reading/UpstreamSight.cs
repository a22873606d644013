using Packit.DistGit;

namespace Packit.Automation.Previewing;

/// <summary>The upstream commit that a preview is about, fetched into its repository.</summary>
/// <param name="Commit">Full sha.</param>
/// <param name="Tree">What it holds.</param>
/// <param name="Asked">What was asked for.</param>
internal sealed record UpstreamSight(string Commit, GitTree Tree, string Asked)
{
    /// <summary>The tag by which it was asked for; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>The pull request whose head it is; null for none.</summary>
    public int? PullRequest { get; init; }

    /// <summary>Whether a branch has the name that a tag has, too.</summary>
    public bool IsAmbiguous { get; init; }
}
