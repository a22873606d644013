using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.DistGit;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Offers the change of one branch to the branches that <c>fast_forward_merge_into</c> names, from the same working branch.</summary>
public sealed class FastForwardStep(PullRequestStep pullRequests, DistributionReleases releases, DistGitAddresses addresses)
{
    private const int SpecCap = 8 * 1024 * 1024;

    public async Task<IReadOnlyList<SyncReleasePullRequest>> RunAsync(
        TargetContext target, GitRepository repository, string version, WantedPullRequest main, TargetLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(main);
        ArgumentNullException.ThrowIfNull(log);
        var configured = target.Settings.DistGitBranches;
        if (!configured.FastForwardInto.Values.Any(branches => branches.Count > 0))
        {
            return [];
        }

        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var branches = configured.FastForwardBranches(target.Branch, aliases, AliasDefaults.ReleaseSync(target.Branch))
            .Where(branch => branch != target.Branch && GitName.IsRef(branch)).ToList();
        var fetched = await repository.FetchAsync(
            addresses.Main(target.Package), [.. branches.Select(branch => new GitWant.Branch(branch))], FetchDepth.Tip, withoutLargeBlobs: false, cancellationToken);

        List<SyncReleasePullRequest> made = [];
        foreach (var branch in branches)
        {
            if (await WhyNotAsync(target, repository, fetched, branch, version, aliases, cancellationToken) is { } reason)
            {
                log.Warning($"Not offered to {branch}: {reason}");
                continue;
            }

            made.Add(await pullRequests.RunAsync(
                main with { TargetBranch = branch, Title = PullRequestTexts.Title(branch, version), MayExist = true, IsFastForward = true },
                cancellationToken));
            log.Info($"Pull request {made[^1].Url}");
        }

        return made;
    }

    private static async Task<string?> WhyNotAsync(
        TargetContext target, GitRepository repository, FetchResult fetched, string branch, string version, BranchAliases aliases,
        CancellationToken cancellationToken)
    {
        if (fetched[new GitWant.Branch(branch)] is not { } head)
        {
            return "the branch does not exist";
        }

        var tree = await repository.TreeAsync(head, cancellationToken);
        if (tree.Find($"{target.Package}.spec") is not { IsFile: true } entry)
        {
            return "it has no spec file";
        }

        var spec = await repository.ReadAsync(entry, SpecCap, cancellationToken);
        var present = Gates.VersionIn(spec, MacroContext.ForDistGitBranch(branch));
        return new VersionGates(target.Settings).SkipReason(version, present ?? version, branch, aliases);
    }
}
