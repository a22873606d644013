using Packit.DistGit;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>What a plan is made from. All of it was read before; making the plan reads nothing more.</summary>
public sealed record PlanInput
{
    public required PackageSettings Settings { get; init; }

    /// <summary>The dist-git branch.</summary>
    public required string Branch { get; init; }

    public required string Tag { get; init; }

    /// <summary>Root of the dist-git instance that this deployment serves.</summary>
    public required string DistGitUrl { get; init; }

    public required BranchAliases Aliases { get; init; }

    /// <summary>The tree of the release commit.</summary>
    public required GitTree UpstreamTree { get; init; }

    /// <summary>The package's folder in it; empty for the top.</summary>
    public required string UpstreamRoot { get; init; }

    /// <summary>Path of the upstream spec, from the top of the repository.</summary>
    public required string UpstreamSpecPath { get; init; }

    /// <summary>Null when there is no file at that path.</summary>
    public required ReadOnlyMemory<byte>? UpstreamSpec { get; init; }

    /// <summary>The tree of the head of the dist-git branch.</summary>
    public required GitTree DistGitTree { get; init; }

    public required string DistGitSpecPath { get; init; }

    /// <summary>Null for a package that has no spec on this branch yet.</summary>
    public required ReadOnlyMemory<byte>? DistGitSpec { get; init; }

    /// <summary>The <c>sources</c> file of the branch.</summary>
    public required SourcesFile Sources { get; init; }

    /// <summary>The <c>.gitignore</c> of the branch; null when there is none.</summary>
    public required byte[]? GitIgnore { get; init; }

    /// <summary>Macros that specs of this branch are read with.</summary>
    public required MacroContext Macros { get; init; }

    /// <summary>
    /// What rpm said of specs whose values cannot be known statically; null when rpm is not to be asked.
    /// </summary>
    public RpmReadings? Rpm { get; init; }

    /// <summary>The file of the branch that the changelog of its spec includes; null when it includes none, or the file is not there.</summary>
    public IncludedFile? ChangelogFile { get; init; }

    /// <summary>Author of the changelog entry: <c>Name &lt;address&gt;</c>.</summary>
    public required string Author { get; init; }

    /// <summary>Day of the changelog entry, UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Text of the release on the forge; null when it is not to be copied or empty.</summary>
    public required string? ReleaseDescription { get; init; }

    /// <summary>Tickets that the update resolves: <c>rhbz#123</c>.</summary>
    public required IReadOnlyList<string> Bugs { get; init; }

    /// <summary>Content of <c>README.packit</c>.</summary>
    public required ReadOnlyMemory<byte> Readme { get; init; }

    /// <summary>What an open pull request of ours to this branch proposes now; null when there is none.</summary>
    public required OpenProposal? Open { get; init; }

    public IReadOnlyList<FileSyncItem> FilesToSync =>
        [.. Settings.FilesToSync.Select(item => new FileSyncItem(item.Src, item.Dest, item.MakePath, item.Delete, item.Filters))];

    /// <summary>The changelog entry: the release's own text, or what the established service writes, with the bugs it resolves.</summary>
    public string? ChangelogText(string version)
    {
        if (ReleaseDescription is { } description)
        {
            return description;
        }

        return Bugs.Count == 0
            ? null
            : $"- Update to version {version}" + string.Concat(Bugs.Select(bug => $"\n- Resolves: {bug}"));
    }
}

/// <summary>A file beside the spec.</summary>
public sealed record IncludedFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>An open pull request of ours.</summary>
public sealed record OpenProposal(string Version, string Url);
