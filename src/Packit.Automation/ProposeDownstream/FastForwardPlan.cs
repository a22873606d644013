using Packit.DistGit;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Which further branches the change of one branch is offered to (<c>fast_forward_merge_into</c>).</summary>
internal static class FastForwardPlan
{
    private const int SpecCap = 8 * 1024 * 1024;

    /// <summary>Reads the branches that the package config names, and decides for each.</summary>
    /// <param name="settings">The package's settings.</param>
    /// <param name="source">The branch that the change was prepared for.</param>
    /// <param name="version">The version that it proposes.</param>
    /// <param name="aliases">What aliases mean.</param>
    /// <param name="repository">Where the branches are fetched to.</param>
    /// <param name="main">The package's repository.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Each branch with the reason why it is not offered the change; null when it is.</returns>
    /// <exception cref="GitException">Dist-git cannot be read.</exception>
    public static async Task<IReadOnlyList<(string Branch, string? WhyNot)>> MakeAsync(
        PackageSettings settings, string source, string version, BranchAliases aliases, GitRepository repository, GitRemote main,
        CancellationToken cancellationToken)
    {
        if (!settings.DistGitBranches.FastForwardInto.Values.Any(branches => branches.Count > 0))
        {
            return [];
        }

        var branches = settings.DistGitBranches.FastForwardBranches(source, aliases, AliasDefaults.ReleaseSync(source))
            .Where(branch => branch != source && GitName.IsRef(branch)).ToList();
        var fetched = await repository.FetchAsync(
            main, [.. branches.Select(branch => new GitWant.Branch(branch))], FetchDepth.Tip, withoutLargeBlobs: false, cancellationToken);
        List<(string, string?)> offers = [];
        foreach (var branch in branches)
        {
            offers.Add((branch, await WhyNotAsync(settings, repository, fetched, branch, version, aliases, cancellationToken)));
        }

        return offers;
    }

    private static async Task<string?> WhyNotAsync(
        PackageSettings settings, GitRepository repository, FetchResult fetched, string branch, string version, BranchAliases aliases,
        CancellationToken cancellationToken)
    {
        if (fetched[new GitWant.Branch(branch)] is not { } head)
        {
            return "the branch does not exist";
        }

        var tree = await repository.TreeAsync(head, cancellationToken);
        if (tree.Find($"{settings.DownstreamPackageName}.spec") is not { IsFile: true } entry)
        {
            return "it has no spec file";
        }

        var spec = await repository.ReadAsync(entry, SpecCap, cancellationToken);
        var present = Gates.VersionIn(spec, MacroContext.ForDistGitBranch(branch));
        return new VersionGates(settings).SkipReason(version, present ?? version, branch, aliases);
    }
}
