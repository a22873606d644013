using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
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
using Packit.Specfile;
using GitTree = Packit.DistGit.GitTree;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Reads everything that the plan for one branch is made from.</summary>
public sealed class BranchMaterial(
    DistGitAddresses addresses,
    DistributionReleases releases,
    PagureClient pagure,
    IResolvedBugs bugs,
    IPackitDbFactory databases,
    IOptions<ServiceOptions> service,
    IOptions<DistGitOptions> distGit)
{
    /// <summary>Largest spec or <c>sources</c> file that is read, in bytes.</summary>
    private const int TextCap = 8 * 1024 * 1024;

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

        var repository = await workspace.RepositoryAsync(cancellationToken);
        var tree = await repository.TreeAsync(head, cancellationToken);
        var root = UpstreamPaths.Root(target.Settings);
        var specPath = UpstreamPaths.Combine(root, target.Settings.SpecfilePath!);
        var distGitSpecPath = $"{target.Package}.spec";
        var macros = Macros(target);
        var distGitSpec = await TextAsync(repository, tree, distGitSpecPath, cancellationToken);
        var description = target.Settings.CopyUpstreamReleaseDescription
            ? (await forge.ReleaseByTagAsync(target.Release.TagName, cancellationToken))?.Body
            : null;
        return new MaterialResult.Read(head, new PlanInput
        {
            Settings = target.Settings,
            Branch = target.Branch,
            Tag = target.Release.TagName,
            DistGitUrl = distGit.Value.Url,
            Aliases = (await releases.CurrentAsync(cancellationToken)).Aliases,
            UpstreamTree = source.Tree,
            UpstreamRoot = root,
            UpstreamSpecPath = specPath,
            UpstreamSpec = await TextAsync(repository, source.Tree, specPath, cancellationToken),
            DistGitTree = tree,
            DistGitSpecPath = distGitSpecPath,
            DistGitSpec = distGitSpec,
            ChangelogFile = await ChangelogFileAsync(repository, tree, distGitSpec, macros, cancellationToken),
            Sources = await SourcesAsync(repository, tree, cancellationToken),
            GitIgnore = (await TextAsync(repository, tree, ".gitignore", cancellationToken))?.ToArray(),
            Macros = macros,
            Author = $"{distGit.Value.CommitterName} <{distGit.Value.CommitterEmail}>",
            Date = DateOnly.FromDateTime(target.Release.SeenAt.UtcDateTime),
            ReleaseDescription = string.IsNullOrWhiteSpace(description) ? null : description.ReplaceLineEndings("\n").Trim(),
            Bugs = await bugsTask,
            Readme = System.Text.Encoding.UTF8.GetBytes(PullRequestTexts.ReadmeOf(ProductVersion.Text)),
            Open = await OpenProposalAsync(target, cancellationToken),
        });
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

    private MacroContext Macros(TargetContext target)
    {
        var macros = MacroContext.ForDistGitBranch(target.Branch);
        foreach (var (name, body) in service.Value.ParseTimeMacros)
        {
            macros = macros.With(name, body);
        }

        foreach (var (name, body) in target.Settings.ParseTimeMacros)
        {
            macros = macros.With(name, body);
        }

        return macros;
    }

    /// <summary>The entries of <c>sources</c>. A file that is not understood is replaced as a whole, as fedpkg does it.</summary>
    private static async Task<SourcesFile> SourcesAsync(GitRepository repository, GitTree tree, CancellationToken cancellationToken)
    {
        var content = await TextAsync(repository, tree, "sources", cancellationToken) ?? default;
        return SourcesFile.TryParse(content.Span, out var file, out _) ? file : SourcesFile.Empty;
    }

    /// <summary>The file that the changelog includes: a plain file of the branch. Neither links nor other folders are followed.</summary>
    private static async Task<IncludedFile?> ChangelogFileAsync(
        GitRepository repository, GitTree tree, ReadOnlyMemory<byte>? spec, MacroContext macros, CancellationToken cancellationToken) =>
        spec is { } bytes && SpecFile.Parse(bytes).IncludedChangelog(macros)?.FileName is { } name
            && await TextAsync(repository, tree, name, cancellationToken) is { } content
            ? new IncludedFile(name, content)
            : null;

    private static string? VersionHint(TargetContext target) =>
        new TagRules(target.Settings).VersionOf(target.Release.TagName).Version;

    private static async Task<ReadOnlyMemory<byte>?> TextAsync(
        GitRepository repository, GitTree tree, string path, CancellationToken cancellationToken) =>
        tree.Find(path) is { IsFile: true } entry ? await repository.ReadAsync(entry, TextCap, cancellationToken) : null;
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
