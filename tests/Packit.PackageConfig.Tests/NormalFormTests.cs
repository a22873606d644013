namespace Packit.PackageConfig.Tests;

public sealed class NormalFormTests
{
    [Fact]
    public void The_first_of_the_four_names_counts()
    {
        Assert.Equal("packit.yaml", ConfigFileNames.Choose(["README", "packit.yml", "packit.yaml"]));
        Assert.Equal(".packit.yml", ConfigFileNames.Choose(["packit.yaml", ".packit.yml"]));
        Assert.Null(ConfigFileNames.Choose(["packit.json", ".packit"]));
    }

    [Fact]
    public void An_empty_file_has_every_default()
    {
        var config = Yaml.Config("");
        var package = Assert.Single(config.Packages).Value;
        Assert.Equal("hello", package.UpstreamPackageName);
        Assert.Equal("hello", package.DownstreamPackageName);
        Assert.Equal("hello.spec", package.SpecfilePath);
        Assert.Equal(["./"], package.Paths);
        Assert.Equal(["prod"], package.PackitInstances);
        Assert.Equal("{version}", package.UpstreamTagTemplate);
        Assert.Equal("Source0", package.SpecSourceId);
        Assert.Equal(["packit"], package.AllowedPrAuthors);
        Assert.Equal(["packit"], package.AllowedBuilders);
        Assert.Empty(package.AllowedCommitters);
        Assert.True(package.UploadSources);
        Assert.True(package.CreateSyncNote);
        Assert.False(package.SyncChangelog);
        Assert.True(package.Notifications.FailureIssueCreate);
        Assert.True(config.HasDefaultJobs);
        Assert.True(config.SpecfileWasSearched);
    }

    [Fact]
    public void Without_jobs_pull_requests_are_built_and_tested_and_releases_proposed()
    {
        var config = Yaml.Config("upstream_tag_template: v{version}");
        Assert.Equal(
            [(JobType.CoprBuild, JobTrigger.PullRequest), (JobType.Tests, JobTrigger.PullRequest), (JobType.ProposeDownstream, JobTrigger.Release)],
            config.Views.Select(v => (v.Type, v.Trigger)));
        Assert.Equal(["fedora-all"], config.Views[2].Settings.DistGitBranches.Names);
        Assert.All(config.Views, v => Assert.Equal("v{version}", v.Settings.UpstreamTagTemplate));
        Assert.Empty(Yaml.Config("jobs: []").Views);
    }

    [Fact]
    public void The_spec_file_is_named_after_the_written_package_and_never_after_an_implied_one()
    {
        Assert.Equal("python-hello.spec", Yaml.Settings("downstream_package_name: python-hello").SpecfilePath);
        var searched = Yaml.Read("jobs: [{job: propose_downstream, trigger: release}]", "other.spec", "z.spec", ".spec");
        Assert.Equal("other.spec", searched.Config!.Views[0].Settings.SpecfilePath);
        Assert.Equal(ProblemCodes.SpecfileGuessed, Assert.Single(searched.Problems).Code);
    }

    [Fact]
    public void When_nobody_knows_the_files_of_the_repository_the_usual_name_is_assumed_with_a_warning()
    {
        var reading = PackageConfigReader.Read("jobs: []"u8.ToArray(), new ConfigSource { RepositoryName = "hello" });
        Assert.Equal("hello.spec", Assert.Single(reading.Config!.Packages).Value.SpecfilePath);
        Assert.Equal((ProblemCodes.SpecfileGuessed, ConfigSeverity.Warning), (reading.Problems[0].Code, reading.Problems[0].Severity));
    }

    [Fact]
    public void A_job_overrides_the_package_and_the_package_the_top()
    {
        var config = Yaml.Config("""
            upstream_tag_template: top-{version}
            issue_repository: top
            sync_changelog: true
            actions: {pre-sync: top}
            packages:
              a: {issue_repository: package, actions: {post-modifications: package}}
              b: {}
            jobs:
            - job: propose_downstream
              trigger: release
              upstream_tag_template: job-{version}
              packages:
                a: {upstream_tag_template: "own-{version}"}
                b: {}
            """);
        var (a, b) = (config.Views[0].Settings, config.Views[1].Settings);
        Assert.Equal(("own-{version}", "package", true), (a.UpstreamTagTemplate, a.IssueRepository, a.SyncChangelog));
        Assert.Equal(("job-{version}", "top", true), (b.UpstreamTagTemplate, b.IssueRepository, b.SyncChangelog));
        Assert.Equal(["post-modifications"], a.Actions.Keys);
        Assert.Equal("top-{version}", config.Packages["a"].UpstreamTagTemplate);
    }

    [Fact]
    public void Views_of_several_packages_are_told_apart_by_the_package_unless_they_have_an_identifier()
    {
        var config = Yaml.Config("""
            packages:
              one: {specfile_path: one.spec}
              two: {specfile_path: two.spec, identifier: second}
            jobs:
            - {job: propose_downstream, trigger: release}
            - {job: koji_build, trigger: commit, packages: [two]}
            """);
        Assert.Equal([("one", "one"), ("two", "second"), ("two", "second")], config.Views.Select(v => (v.PackageName, v.Identifier)));
        Assert.All(config.Views, v => Assert.True(v.IsMonorepo));
        Assert.Null(Yaml.Config("jobs: [{job: koji_build, trigger: commit}]").Views[0].Identifier);
    }

    [Fact]
    public void In_a_monorepo_the_key_names_the_downstream_package()
    {
        var config = Yaml.Config("packages: {one: {specfile_path: one.spec}, two: {downstream_package_name: deux}}\njobs: []");
        Assert.Equal(["one", "deux"], config.Packages.Values.Select(p => p.DownstreamPackageName));
        Assert.Equal(["one.spec", "deux.spec"], config.Packages.Values.Select(p => p.SpecfilePath));
        Assert.All(config.Packages.Values, p => Assert.Equal("hello", p.UpstreamPackageName));
    }

    [Fact]
    public void Keys_that_are_only_labels_of_one_package_leave_it_its_name()
    {
        var config = Yaml.Config("specfile_path: rpm/hello.spec\npackages: {upstream: {}, downstream: {pkg_tool: centpkg}}\njobs: []");
        Assert.All(config.Packages.Values, p => Assert.Equal("hello", p.DownstreamPackageName));
    }

    [Fact]
    public void The_project_of_the_file_is_the_project_of_its_packages()
    {
        var config = Yaml.Config("upstream_project_url: https://example.org/top\npackages: {a: {upstream_project_url: https://example.org/own}}\njobs: []");
        Assert.Equal("https://example.org/top", config.Packages["a"].UpstreamProjectUrl);
    }

    [Fact]
    public void Several_triggers_become_several_jobs_in_a_row()
    {
        var config = Yaml.Config("jobs: [{job: koji_build, trigger: ' commit |koji_build', sidetag_group: g}, {job: bodhi_update, trigger: ignore}]");
        Assert.Equal(
            [(JobTrigger.Commit, 0), (JobTrigger.KojiBuild, 0), (JobTrigger.Ignore, 1)], config.Jobs.Select(j => (j.Trigger, j.Index)));
        Assert.All(config.Views.Take(2), v => Assert.Equal("g", v.SidetagGroup));
    }

    [Fact]
    public void Metadata_of_former_days_is_read_with_a_warning()
    {
        var reading = Yaml.Read("""
            jobs:
            - job: propose_downstream
              trigger: release
              manual_trigger: true
              metadata: {dist-git-branch: fedora-all}
            - job: tests
              trigger: pull_request
              metadata: {skip_build: true, targets: fedora-all}
            """);
        Assert.Equal(["fedora-all"], reading.Config!.Views[0].Settings.DistGitBranches.Names);
        Assert.True(reading.Config.Views[0].ManualTrigger);
        Assert.True(reading.Config.Views[1].SkipBuild);
        Assert.All(reading.Problems, p => Assert.Equal((ProblemCodes.DeprecatedKey, ConfigSeverity.Warning), (p.Code, p.Severity)));
        Assert.Equal(3, reading.Problems.Count);
    }

    [Fact]
    public void Tests_that_build_nothing_need_no_spec_file()
    {
        Assert.True(Yaml.Read("jobs: [{job: tests, trigger: pull_request, skip_build: true}]", "README").IsValid);
        var reading = Yaml.Read("jobs: [{job: tests, trigger: pull_request}]", "README");
        Assert.Equal(ProblemCodes.NoSpecfile, Assert.Single(reading.Problems).Code);
    }

    [Fact]
    public void Templates_by_anchor_and_merge_key_work_as_in_python()
    {
        var config = Yaml.Config("""
            _:
            - &base {job: propose_downstream, trigger: release, dist_git_branches: &branches [f43]}
            - &more {<<: *base, identifier: more}
            jobs:
            - {<<: *more, identifier: own}
            - {<<: [*more, *base], trigger: ignore}
            - {job: koji_build, trigger: commit, dist_git_branches: *branches}
            """);
        Assert.Equal(["own", "more", null], config.Views.Select(v => v.Identifier));
        Assert.Equal([JobTrigger.Release, JobTrigger.Ignore, JobTrigger.Commit], config.Views.Select(v => v.Trigger));
        Assert.All(config.Views, v => Assert.Equal(["f43"], v.Settings.DistGitBranches.Names));
    }

    [Fact]
    public void Keys_without_meaning_here_are_kept_as_written()
    {
        var other = Yaml.Settings("targets: {fedora-all: {distros: [x]}}\ntimeout: 30\nenable_net: yes\nsrpm_build_deps: [make]").Other;
        Assert.Equal(["enable_net", "srpm_build_deps", "targets", "timeout"], other.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new ConfigInteger(30), other["timeout"]);
        Assert.Equal(new ConfigBool(true), other["enable_net"]);
    }
}
