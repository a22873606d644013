using System.Text;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.DistGit;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.Tests.ProposeDownstream;

/// <summary>A release of "hello" 1.2.3 meets the branch f43, which has 1.0.0; each story changes one thing about it.</summary>
internal sealed record PlanStory
{
    /// <summary>SHA512 of nothing in particular.</summary>
    public static readonly string Hash = string.Concat(Enumerable.Repeat("0123456789abcdef", 8));

    /// <summary>More keys at the top of the package config.</summary>
    public string Config { get; init; } = "";

    public string Template { get; init; } = "v{version}";

    public string Branch { get; init; } = "f43";

    public string Tag { get; init; } = "v1.2.3";

    public string? UpstreamSpec { get; init; } = Spec("1.2.3");

    public string? DistGitSpec { get; init; } = Spec("1.0.0", changelog: "* Mon Jan 05 2026 Ada <ada@fedora.example> - 1.0.0-1\n- First build\n");

    public string Sources { get; init; } = "";

    public string? GitIgnore { get; init; }

    public IReadOnlyList<string> UpstreamFiles { get; init; } = ["hello.spec", ".packit.yaml", "src/main.c"];

    public IReadOnlyList<string> DistGitFiles { get; init; } = ["hello.spec", "sources", ".gitignore"];

    public OpenProposal? Open { get; init; }

    public IReadOnlyList<string> Bugs { get; init; } = [];

    public string? Description { get; init; }

    /// <summary>What rpm was asked; null when it is not to be asked.</summary>
    public RpmReadings? Rpm { get; init; }

    public IncludedFile? ChangelogFile { get; init; }

    public string DistGitUrl { get; init; } = "https://src.fedoraproject.org/";

    public static string Spec(
        string version, string source = "https://hello.example/hello-%{version}.tar.gz", string release = "1%{?dist}", string more = "",
        string changelog = "") =>
        $"Name: hello\nVersion: {version}\nRelease: {release}\nSummary: Says hello\nLicense: MIT\nSource0: {source}\n{more}\n"
        + $"%description\nSays hello.\n\n%files\n\n%changelog\n{changelog}";

    public PackitConfig PackitConfig()
    {
        var yaml = $"specfile_path: hello.spec\nupstream_package_name: hello\ndownstream_package_name: hello\nupstream_tag_template: '{Template}'\n{Config}\n"
            + "jobs:\n- job: propose_downstream\n  trigger: release\n  dist_git_branches: [fedora-all]\n";
        var reading = PackageConfigReader.Read(Encoding.UTF8.GetBytes(yaml), new ConfigSource { RepositoryName = "hello" });
        return reading.Config ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
    }

    public PlanInput Input()
    {
        var settings = PackitConfig().Views[0].Settings;
        Assert.True(SourcesFile.TryParse(Encoding.UTF8.GetBytes(Sources), out var sources, out var problem), problem);
        return new PlanInput
        {
            Settings = settings,
            Branch = Branch,
            Tag = Tag,
            DistGitUrl = DistGitUrl,
            Aliases = BranchAliases.BuiltIn,
            UpstreamTree = Tree(UpstreamFiles, 'a'),
            UpstreamRoot = "",
            UpstreamSpecPath = "hello.spec",
            UpstreamSpec = UpstreamSpec is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(UpstreamSpec),
            DistGitTree = Tree(DistGitFiles, 'd'),
            DistGitSpecPath = "hello.spec",
            DistGitSpec = DistGitSpec is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(DistGitSpec),
            Sources = sources,
            GitIgnore = GitIgnore is null ? null : Encoding.UTF8.GetBytes(GitIgnore),
            Macros = MacroContext.ForDistGitBranch(Branch),
            Author = "Packit <hello@packit.dev>",
            Date = new DateOnly(2026, 3, 2),
            ReleaseDescription = Description,
            Bugs = Bugs,
            Readme = "This repository is maintained by packit.\n"u8.ToArray(),
            Open = Open,
            Rpm = Rpm,
            ChangelogFile = ChangelogFile,
        };
    }

    public ProposeDownstreamPlan Plan() => ProposeDownstreamPlan.Make(Input());

    public ProposeDownstreamPlan.Change Change() => Assert.IsType<ProposeDownstreamPlan.Change>(Plan());

    public string Skipped() => Assert.IsType<ProposeDownstreamPlan.Skip>(Plan()).Reason;

    public Failure Refused() => Assert.IsType<ProposeDownstreamPlan.Refuse>(Plan()).Failure;

    /// <summary>The new spec as the plan writes it.</summary>
    public string NewSpec() => Text(Change(), "hello.spec");

    public static string Text(ProposeDownstreamPlan.Change change, string path) =>
        Encoding.UTF8.GetString(change.Changes.OfType<TreeChange.Put>().Single(put => put.Path == path).Content.Span);

    private static GitTree Tree(IReadOnlyList<string> files, char side) => new(files.Select(
        (path, index) => new GitTreeEntry(path, GitEntryKind.File, Oid(side, index))));

    private static string Oid(char side, int index) => $"{side}{index:x}".PadRight(40, '0');
}
