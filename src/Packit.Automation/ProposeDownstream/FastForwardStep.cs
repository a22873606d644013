using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.DistGit;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Offers the change of one branch to the branches that <c>fast_forward_merge_into</c> names, from the same working branch.</summary>
public sealed class FastForwardStep(PullRequestStep pullRequests, DistributionReleases releases, DistGitAddresses addresses)
{
    public async Task<IReadOnlyList<SyncReleasePullRequest>> RunAsync(
        TargetContext target, GitRepository repository, string version, WantedPullRequest main, TargetLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(main);
        ArgumentNullException.ThrowIfNull(log);
        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var offers = await FastForwardPlan.MakeAsync(
            target.Settings, target.Branch, version, aliases, repository, addresses.Main(target.Package), cancellationToken);

        List<SyncReleasePullRequest> made = [];
        foreach (var (branch, whyNot) in offers)
        {
            if (whyNot is { } reason)
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
}
