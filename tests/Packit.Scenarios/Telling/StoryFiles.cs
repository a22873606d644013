using Packit.Sandbox;

namespace Packit.Scenarios.Telling;

/// <summary>The files that a story begins with.</summary>
internal sealed class StoryFiles
{
    private readonly StoryOptions _options;
    private readonly Func<string, string> _spec;

    private StoryFiles(StoryOptions options, Func<string, string> spec)
    {
        _options = options;
        _spec = spec;
    }

    public FileSet Upstream
    {
        get
        {
            var files = new FileSet
            {
                [".packit.yaml"] = _options.Config ?? Config(_options),
                ["hello.spec"] = _options.UpstreamSpec ?? _spec("1.0.0"),
                ["hello.c"] = "int main(void) { return 0; }\n",
            };
            foreach (var (path, content) in _options.UpstreamFiles)
            {
                files[path] = content;
            }

            return files;
        }
    }

    public static StoryFiles For(World world, StoryOptions options) => new(options, version => Spec(world, version));

    public FileSet DistGit(string branch) => new()
    {
        ["hello.spec"] = _options.DistGitSpecs.GetValueOrDefault(branch) ?? _spec("1.0.0"),
        ["sources"] = "",
        [".gitignore"] = "",
    };

    /// <summary>A spec whose archive is on the upstream's own download host.</summary>
    public static string Spec(World world, string version, string release = "1%{?dist}", string? changelog = null) =>
        $"""
        Name:           hello
        Version:        {version}
        Release:        {release}
        Summary:        A friendly program
        License:        MIT
        URL:            https://example.org/hello
        Source0:        {world.ArchiveAddress}hello/%%name-%%version.tar.gz

        %description
        It says hello.

        %prep
        %autosetup

        %files

        %changelog
        {changelog ?? "* Mon Jan 05 2026 A Packager <packager@fedora.example> - 1.0.0-1\n- First package"}

        """.Replace("%%name", "%{name}", StringComparison.Ordinal).Replace("%%version", "%{version}", StringComparison.Ordinal);

    private static string Config(StoryOptions options) =>
        $"""
        specfile_path: hello.spec
        downstream_package_name: hello
        upstream_tag_template: v{"{version}"}
        {options.MoreConfig}
        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches: {options.ConfiguredBranches}
        """;
}
