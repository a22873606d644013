using Microsoft.EntityFrameworkCore;
using Packit.Automation.Failures;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Automation.Workspaces;
using Packit.DistGit;
using Packit.GitHub;
using Packit.PackageConfig;
using Packit.Pagure;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Reads everything that the plan for one branch is made from.</summary>
public sealed class BranchMaterial(
    DistGitAddresses addresses,
    DistributionReleases releases,
    PagureClient pagure,
    IResolvedBugs bugs,
    IPackitDbFactory databases,
    BranchFiles files)
{
    /// <summary>Reads upstream and dist-git at the same time.</summary>
    public async Task<MaterialResult> ReadAsync(
        TargetContext target, GitHubRepository forge, ReleaseWorkspace workspace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(workspace);
        var upstreamTask = ReadUpstreamAsync(target, forge, workspace, cancellationToken);
        var bugsTask = workspace.BugsAsync(token => bugs.FindAsync(target.Package, VersionHint(target), token), cancellationToken);
        var heads = await HeadsAsync(target, workspace, cancellationToken);
        var source = await upstreamTask;
        if (heads is null)
        {
            return new MaterialResult.Refused(Failure.UserFixable(
                FailureCodes.PackageMissing, ProposeDownstreamTexts.PackageMissing(addresses.WebUrl(target.Package))));
        }

        if (heads[new GitWant.Branch(target.Branch)] is not { } head)
        {
            return new MaterialResult.Refused(Failure.UserFixable(
                FailureCodes.BranchMissing, ProposeDownstreamTexts.BranchMissing(target.Branch, target.Package)));
        }

        var description = target.Settings.CopyUpstreamReleaseDescription
            ? (await forge.ReleaseByTagAsync(target.Release.TagName, cancellationToken))?.Body
            : null;
        var input = await files.ReadAsync(
            await workspace.RepositoryAsync(cancellationToken),
            head,
            new BranchFacts(target.Settings, target.Branch, target.Release.TagName, source.Tree)
            {
                Aliases = (await releases.CurrentAsync(cancellationToken)).Aliases,
                SeenAt = target.Release.SeenAt,
                ReleaseDescription = description,
                Bugs = await bugsTask,
                Open = await OpenProposalAsync(target, cancellationToken),
            },
            cancellationToken);
        return new MaterialResult.Read(head, input);
    }

    private static async Task<FetchedTree> ReadUpstreamAsync(
        TargetContext target, GitHubRepository forge, ReleaseWorkspace workspace, CancellationToken cancellationToken)
    {
        // Public repositories are read without a token: one right less, one call less.
        var credentials = target.Upstream.IsPrivate
            ? new GitCredentials("x-access-token", await forge.TokenAsync(cancellationToken))
            : null;
        return await workspace.UpstreamAsync(UpstreamAddresses.Remote(target.Upstream, credentials), target.Release.CommitHash, cancellationToken);
    }

    /// <summary>The heads of the run's branches; null when dist-git has no such package.</summary>
    private async Task<FetchResult?> HeadsAsync(TargetContext target, ReleaseWorkspace workspace, CancellationToken cancellationToken)
    {
        try
        {
            return await workspace.DistGitAsync(addresses.Main(target.Package), target.Wanted, cancellationToken);
        }
        catch (GitException missing) when (missing.Kind is GitFailure.NotFound or GitFailure.Unauthorized)
        {
            return null;
        }
    }

    private async Task<OpenProposal?> OpenProposalAsync(TargetContext target, CancellationToken cancellationToken)
    {
        var url = addresses.WebUrl(target.Package);
        await using var database = databases.Create();
        var pushed = await database.PushedBranches.AsNoTracking()
            .Where(row => row.Branch == target.WorkingBranch && database.Projects.Any(project => project.Id == row.ProjectId && project.ProjectUrl == url))
            .SingleOrDefaultAsync(cancellationToken);
        var pull = await database.PullRequests.AsNoTracking()
            .Where(row => row.Project.ProjectUrl == url && row.TargetBranch == target.Branch && !row.IsFastForward)
            .OrderByDescending(row => row.PrId)
            .FirstOrDefaultAsync(cancellationToken);
        if (pushed is null || pull is null || VersionHint(target) is not { } proposed || SpecVersion.Compare(target.Settings, proposed, pushed.Version) >= 0)
        {
            return null;
        }

        // Only a newer proposal is worth asking for: a merged or closed one stands in nobody's way.
        var now = await pagure.PullRequestAsync(addresses.Project(target.Package), pull.PrId, cancellationToken);
        return now is { Status: PullRequestStatus.Open } ? new OpenProposal(pushed.Version, pull.Url) : null;
    }

    private static string? VersionHint(TargetContext target) =>
        new TagRules(target.Settings).VersionOf(target.Release.TagName).Version;
}

/// <summary>What came of reading.</summary>
public abstract record MaterialResult
{
    private MaterialResult()
    {
    }

    /// <summary>All there.</summary>
    /// <param name="Head">Head of the dist-git branch: the parent of the change.</param>
    /// <param name="Input">What the plan is made from.</param>
    public sealed record Read(string Head, PlanInput Input) : MaterialResult;

    public sealed record Refused(Failure Failure) : MaterialResult;
}
