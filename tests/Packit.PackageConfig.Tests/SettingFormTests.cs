namespace Packit.PackageConfig.Tests;

public sealed class SettingFormTests
{
    [Fact]
    public void The_default_of_files_to_sync_is_the_spec_and_the_configuration()
    {
        var package = Yaml.Settings("specfile_path: rpm/x.spec\ndownstream_package_name: python-x\nfiles_to_sync: []");
        Assert.True(package.FilesToSyncIsDefault);
        Assert.Equal(["rpm/x.spec", ".packit.yaml"], package.FilesToSync.Select(f => f.Src.Single()));
        Assert.Equal(["python-x.spec", ".packit.yaml"], package.FilesToSync.Select(f => f.Dest));
    }

    [Fact]
    public void Files_to_sync_are_paths_or_mappings_and_replace_the_default()
    {
        var files = Yaml.Settings("""
            files_to_sync:
            - a/b
            - {src: x, dest: y/}
            - {src: [dir/, '*.py'], dest: ., mkpath: true, delete: yes, filters: ['protect .git*']}
            """).FilesToSync;
        Assert.Equal(["a/b", "y/", "."], files.Select(f => f.Dest));
        Assert.Equal(["dir/", "*.py"], files[2].Src);
        Assert.Equal((true, true), (files[2].MakePath, files[2].Delete));
        Assert.Equal(["protect .git*"], files[2].Filters);
        Assert.Equal((false, false), (files[1].MakePath, files[1].Delete));
    }

    [Theory]
    [InlineData("f43", new[] { "f43" })]
    [InlineData("[rawhide, fedora-stable]", new[] { "rawhide", "fedora-stable" })]
    [InlineData("{rawhide: {fast_forward_merge_into: [f43]}, epel9: {}}", new[] { "rawhide", "epel9" })]
    public void Branches_are_a_name_a_list_or_a_mapping(string yaml, string[] names) =>
        Assert.Equal(names, Yaml.Settings("dist_git_branches: " + yaml).DistGitBranches.Names);

    [Fact]
    public void A_change_for_a_branch_is_offered_to_those_it_is_fast_forwarded_into()
    {
        var branches = Yaml.Settings("dist_git_branches: {fedora-rawhide: {fast_forward_merge_into: [fedora-branched]}, epel9: {}}").DistGitBranches;
        var defaults = AliasDefaults.ReleaseSync("rawhide");
        Assert.Equal(BranchAliases.BuiltIn.All["fedora-branched"], branches.FastForwardBranches("rawhide", BranchAliases.BuiltIn, defaults));
        Assert.Empty(branches.FastForwardBranches("epel9", BranchAliases.BuiltIn, defaults));
        Assert.Empty(branches.FastForwardBranches("f43", BranchAliases.BuiltIn, defaults));
    }

    [Fact]
    public void Actions_are_a_command_a_list_of_commands_or_a_list_of_word_lists()
    {
        var actions = Yaml.Settings("""
            actions:
              pre-sync: make dist
              post-upstream-clone: ['sh -c "echo \"hi there\""', "it''s a\\ word"]
              fix-spec-file: [[sed, -i, s/a b/c/, x.spec], make]
              changelog-entry:
            """).Actions;
        Assert.Equal(["make", "dist"], Assert.Single(actions["pre-sync"]).Argv);
        Assert.Equal(["sh", "-c", "echo \"hi there\""], actions["post-upstream-clone"][0].Argv);
        Assert.Equal(["its", "a word"], actions["post-upstream-clone"][1].Argv);
        Assert.Equal([["sed", "-i", "s/a b/c/", "x.spec"], ["make"]], actions["fix-spec-file"].Select(c => c.Argv));
        Assert.Empty(actions["changelog-entry"]);
    }

    [Fact]
    public void A_command_with_an_open_quote_has_no_words_and_a_warning()
    {
        var reading = Yaml.Read("actions: {pre-sync: 'echo \"a'}");
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((ProblemCodes.Command, ConfigSeverity.Warning), (problem.Code, problem.Severity));
        Assert.Empty(reading.Config!.Packages["hello"].Actions["pre-sync"][0].Argv);
    }

    [Theory]
    [InlineData("1", "Source1")]
    [InlineData("'2'", "Source2")]
    [InlineData("Source3", "Source3")]
    public void The_upstream_archive_is_a_number_or_a_tag(string yaml, string id) => Assert.Equal(id, Yaml.Settings("spec_source_id: " + yaml).SpecSourceId);

    [Theory]
    [InlineData("", "https://src.fedoraproject.org/rpms/hello.git")]
    [InlineData("pkg_tool: fedpkg-stage", "https://src.stg.fedoraproject.org/rpms/hello.git")]
    [InlineData("pkg_tool: centpkg", "https://gitlab.com/redhat/centos-stream/rpms/hello.git")]
    [InlineData("pkg_tool: centpkg-sig\nsig: Hyperscale", "https://gitlab.com/CentOS/Hyperscale/rpms/hello.git")]
    [InlineData("dist_git_base_url: https://git.example.org\ndist_git_namespace: pkgs\npkg_tool: centpkg", "https://git.example.org/pkgs/hello.git")]
    public void The_dist_git_server_is_the_projects_own_or_that_of_its_tool(string yaml, string url) =>
        Assert.Equal(url, DistGitInstance.Of(Yaml.Settings(yaml), configured: null).PackageUrl("hello"));

    [Fact]
    public void The_services_own_dist_git_server_comes_before_fedoras()
    {
        var own = new DistGitInstance("http://localhost:1234/", null, "rpms");
        Assert.Equal(own, DistGitInstance.Of(Yaml.Settings(""), own));
        Assert.Equal(DistGitInstance.Fedora, DistGitInstance.Of(Yaml.Settings("pkg_tool: fedpkg"), own));
    }

    [Fact]
    public void Nested_settings_are_read()
    {
        var package = Yaml.Settings("""
            notifications: {failure_issue: {create: false}, failure_comment: {message: Look!}, pull_request: {successful_build: true}}
            require: {label: {present: [go], absent: [stop]}}
            sources: [{path: a.tar.gz, url: https://example.org/a.tar.gz}]
            parse_time_macros: {fedora: "43", rhel: null}
            bodhi_extra_params: {close_bugs: false, stable_karma: 2, notes: "x"}
            packit_instances: [stg, prod]
            """);
        Assert.Equal(new Notifications(SuccessfulBuild: true, FailureIssueCreate: false, "Look!"), package.Notifications);
        Assert.Equal(["go"], package.RequiredLabels.Present);
        Assert.Equal(["stop"], package.RequiredLabels.Absent);
        Assert.Equal(new SourceItem("a.tar.gz", "https://example.org/a.tar.gz"), Assert.Single(package.Sources));
        Assert.Equal("43", package.ParseTimeMacros["fedora"]);
        Assert.Null(package.ParseTimeMacros["rhel"]);
        Assert.Equal(new ConfigInteger(2), package.BodhiExtraParams.Entries["stable_karma"]);
        Assert.Equal(["stg", "prod"], package.PackitInstances);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("Off", false)]
    [InlineData("'true'", true)]
    [InlineData("0", false)]
    public void Every_word_for_true_and_false_is_understood(string yaml, bool value) => Assert.Equal(value, Yaml.Settings("sync_changelog: " + yaml).SyncChangelog);
}
