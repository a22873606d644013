using Packit.PackageConfig;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Which dist-git branches a release goes to.</summary>
internal static class ReleaseBranches
{
    /// <summary>What Rawhide's branch is called when dist-git does not tell a package's default branch.</summary>
    public const string Rawhide = "rawhide";

    /// <summary>The branches of a job.</summary>
    /// <param name="settings">The package's settings.</param>
    /// <param name="aliases">What aliases mean.</param>
    /// <param name="defaultBranch">The default branch in dist-git; null when there is none.</param>
    /// <returns>The default branch first: where packagers have to be asked, they are asked there.</returns>
    public static IReadOnlyList<string> Of(PackageSettings settings, BranchAliases aliases, string? defaultBranch)
    {
        var main = defaultBranch ?? Rawhide;
        return [.. aliases.Resolve(settings.DistGitBranches.Names, AliasDefaults.ReleaseSync(main)).OrderByDescending(branch => branch == main)];
    }
}
