using Microsoft.Extensions.Options;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.DistGit;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Reads the files of upstream and of a dist-git branch that a plan is made from. They were fetched before; nothing is asked of anybody.</summary>
public sealed class BranchFiles(IOptions<ServiceOptions> service, IOptions<DistGitOptions> distGit)
{
    /// <summary>Largest spec or <c>sources</c> file that is read, in bytes.</summary>
    private const int TextCap = 8 * 1024 * 1024;

    /// <summary>Reads what the plan for a branch is made from.</summary>
    /// <param name="repository">Where both were fetched to.</param>
    /// <param name="head">Head of the dist-git branch.</param>
    /// <param name="facts">What is known besides.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GitException">A file is too large, or cannot be had.</exception>
    public async Task<PlanInput> ReadAsync(GitRepository repository, string head, BranchFacts facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(facts);
        var settings = facts.Settings;
        var tree = await repository.TreeAsync(head, cancellationToken);
        var root = UpstreamPaths.Root(settings);
        var specPath = UpstreamPaths.Combine(root, settings.SpecfilePath!);
        var distGitSpecPath = $"{settings.DownstreamPackageName}.spec";
        var macros = Macros(settings, facts.Branch);
        var distGitSpec = await TextAsync(repository, tree, distGitSpecPath, cancellationToken);
        return new PlanInput
        {
            Settings = settings,
            Branch = facts.Branch,
            Tag = facts.Tag,
            DistGitUrl = distGit.Value.Url,
            Aliases = facts.Aliases,
            UpstreamTree = facts.Upstream,
            UpstreamRoot = root,
            UpstreamSpecPath = specPath,
            UpstreamSpec = await TextAsync(repository, facts.Upstream, specPath, cancellationToken),
            DistGitTree = tree,
            DistGitSpecPath = distGitSpecPath,
            DistGitSpec = distGitSpec,
            ChangelogFile = await ChangelogFileAsync(repository, tree, distGitSpec, macros, cancellationToken),
            Sources = await SourcesAsync(repository, tree, cancellationToken),
            GitIgnore = (await TextAsync(repository, tree, ".gitignore", cancellationToken))?.ToArray(),
            Macros = macros,
            Author = $"{distGit.Value.CommitterName} <{distGit.Value.CommitterEmail}>",
            Date = DateOnly.FromDateTime(facts.SeenAt.UtcDateTime),
            ReleaseDescription = string.IsNullOrWhiteSpace(facts.ReleaseDescription) ? null : facts.ReleaseDescription.ReplaceLineEndings("\n").Trim(),
            Bugs = facts.Bugs,
            Readme = System.Text.Encoding.UTF8.GetBytes(PullRequestTexts.ReadmeOf(ProductVersion.Text)),
            Open = facts.Open,
        };
    }

    /// <summary>The macros that specs of a branch are read with.</summary>
    public MacroContext Macros(PackageSettings settings, string branch)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var macros = MacroContext.ForDistGitBranch(branch);
        foreach (var (name, body) in service.Value.ParseTimeMacros)
        {
            macros = macros.With(name, body);
        }

        foreach (var (name, body) in settings.ParseTimeMacros)
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

    private static async Task<ReadOnlyMemory<byte>?> TextAsync(
        GitRepository repository, GitTree tree, string path, CancellationToken cancellationToken) =>
        tree.Find(path) is { IsFile: true } entry ? await repository.ReadAsync(entry, TextCap, cancellationToken) : null;
}

/// <summary>What is known about a branch before its files are read.</summary>
/// <param name="Settings">The package's settings.</param>
/// <param name="Branch">The dist-git branch.</param>
/// <param name="Tag">The release's tag.</param>
/// <param name="Upstream">The tree of the release commit.</param>
public sealed record BranchFacts(PackageSettings Settings, string Branch, string Tag, GitTree Upstream)
{
    /// <summary>What branch aliases mean.</summary>
    public required BranchAliases Aliases { get; init; }

    /// <summary>When the release was seen: the day of the changelog entry.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Text of the release on the forge; null when it is not to be copied.</summary>
    public string? ReleaseDescription { get; init; }

    /// <summary>Tickets that the update resolves: <c>rhbz#123</c>.</summary>
    public IReadOnlyList<string> Bugs { get; init; } = [];

    /// <inheritdoc cref="PlanInput.Open"/>
    public OpenProposal? Open { get; init; }
}
