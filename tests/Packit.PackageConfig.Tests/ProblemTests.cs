namespace Packit.PackageConfig.Tests;

public sealed class ProblemTests
{
    [Fact]
    public void All_problems_of_a_file_are_reported_together_with_their_places()
    {
        var reading = Yaml.Read("""
            synced_files: [a]
            acrions: {pre-sync: make}
            jobs:
            - job: propose_downsteam
              triger: release
              packit_instance: [prod]
            - job: koji_build
              trigger: push
              packages: [helo]
            """);
        Assert.Null(reading.Config);
        Assert.Equal(
            [
                "1:1 synced_files Write `files_to_sync`.",
                "2:1 acrions Did you mean `actions`?",
                "4:8 jobs[0].job Write `propose_downstream`.",
                "5:3 jobs[0].triger Did you mean `trigger`?",
                "6:3 jobs[0].packit_instance Did you mean `packit_instances`?",
                "9:14 jobs[1].packages Did you mean `hello`?",
            ],
            reading.Problems.Where(p => p.Code is not ProblemCodes.MissingKey && p.Path != "jobs[1].trigger").Select(p => $"{p.Line}:{p.Column} {p.Path} {p.Hint}"));
        Assert.Single(reading.Problems, p => p.Path == "jobs[1].trigger");
        Assert.Single(reading.Problems, p => p is { Code: ProblemCodes.MissingKey, Line: 4 });
        Assert.All(reading.Problems, p => Assert.Equal(ConfigSeverity.Error, p.Severity));
    }

    [Theory]
    [InlineData("synced_files: [a]", "files_to_sync")]
    [InlineData("current_version_command: [make]", "get-current-version")]
    [InlineData("create_tarball_command: [make]", "create-archive")]
    [InlineData("upstream_project_name: x", "upstream_package_name")]
    [InlineData("package_name: x", "downstream_package_name")]
    [InlineData("checks: []", "Remove it")]
    public void An_old_name_says_what_to_write_today(string yaml, string today)
    {
        var problem = Yaml.Problem(yaml);
        Assert.Equal(ProblemCodes.OldKey, problem.Code);
        Assert.Contains(today, problem.Hint);
    }

    [Theory]
    [InlineData("trigger: release", "belongs into a job")]
    [InlineData("packages: {a: {specfile_path: a.spec, jobs: []}}\njobs: []", "belongs at the top")]
    [InlineData("jobs: [{job: tests, trigger: pull_request, metadata: {specfile_path: a.spec}}]", "belongs into the job itself")]
    public void A_key_at_the_wrong_place_says_where_it_belongs(string yaml, string hint) =>
        Assert.Contains(hint, Yaml.Read(yaml).Problems.Single(p => p.Severity == ConfigSeverity.Error).Hint);

    [Fact]
    public void A_number_where_a_string_is_expected_says_to_quote_it()
    {
        var problem = Yaml.Problem("\nissue_repository: 1.10");
        Assert.Equal((ProblemCodes.WrongType, 2, 19, "issue_repository"), (problem.Code, problem.Line, problem.Column, problem.Path));
        Assert.Equal("Put it in quotes: \"1.10\".", problem.Hint);
    }

    [Fact]
    public void A_list_of_triggers_says_how_to_write_it() =>
        Assert.Equal("Write `pull_request | commit`.", Yaml.Problem("jobs: [{job: tests, trigger: [pull_request, commit]}]").Hint);

    [Theory]
    [InlineData("jobs: {job: tests, trigger: release}", "- ")]
    [InlineData("jobs:", "jobs: []")]
    [InlineData("paths: src", "[src]")]
    [InlineData("actions: {pre-sync: {make: it}}", "quotes")]
    [InlineData("sync_changelog:", "Give it a value")]
    [InlineData("packages: {a: }\njobs: []", "{}")]
    public void A_wrong_type_says_what_to_write(string yaml, string hint)
    {
        var problem = Yaml.Problem(yaml);
        Assert.Equal(ProblemCodes.WrongType, problem.Code);
        Assert.Contains(hint, problem.Hint);
    }

    [Theory]
    [InlineData("upstream_package_name: a/b", "Repository name must be a valid filename.")]
    [InlineData("downstream_package_name: ..", "`..` cannot be the name of a package.")]
    [InlineData("packages: {-x: {specfile_path: x.spec}}", "`-x` cannot be the name of a package.")]
    [InlineData("version_update_specifiers: about 1", "Invalid version specifier set: about 1.")]
    [InlineData("pkg_tool: rpkg", "`rpkg` is not a packaging tool; it must be one of: fedpkg, fedpkg-stage, centpkg, centpkg-sig.")]
    [InlineData("jobs: [{job: tests, trigger: release, packages: [x]}]", "Undefined package(s) referenced: x.")]
    [InlineData("actions: {pre-sink: make}", "There is no action `pre-sink`.")]
    [InlineData("sources: [{path: a}]", "`url` is missing in a mapping with `path` and `url`.")]
    [InlineData("upstream_tag_include: 'v(\\d'", "The regular expression `v(\\d` is not valid: a `(` is not closed.")]
    public void A_wrong_value_is_named(string yaml, string message) => Assert.Equal(message, Yaml.Problem(yaml).Message);

    [Theory]
    [InlineData("upstream_tag_template: v1.0", ProblemCodes.TagTemplate)]
    [InlineData("specfile_path:", ProblemCodes.EmptyValue)]
    [InlineData("srpm_build_deps:", ProblemCodes.EmptyValue)]
    [InlineData("upstream_tag_include: '(?a)v'", ProblemCodes.Regex)]
    [InlineData("files_to_sync: [{src: a, dest: ../b}]", ProblemCodes.PathOutside)]
    [InlineData("dist_git_url: https://example.org", ProblemCodes.DeprecatedKey)]
    [InlineData("dist_git_branches: [fedora-sable]", ProblemCodes.UnknownAlias)]
    [InlineData("dist_git_branches: {rawhide: {fast_forward_merge_into: [fedora-30]}}", ProblemCodes.UnknownAlias)]
    [InlineData("jobs: [{job: propose_downstream, trigger: commit}]", ProblemCodes.NeverFires)]
    [InlineData("jobs: [{job: koji_build, trigger: koji_build}]", ProblemCodes.NeverFires)]
    public void What_is_only_useless_is_a_warning(string yaml, string code)
    {
        var reading = Yaml.Read(yaml);
        Assert.True(reading.IsValid);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((code, ConfigSeverity.Warning), (problem.Code, problem.Severity));
    }

    [Theory]
    [InlineData("fedora-99")]
    [InlineData("epel-10.9")]
    [InlineData("c10s")]
    [InlineData("fedora-eln")]
    public void A_release_that_the_snapshot_cannot_know_and_a_custom_branch_are_no_problem(string name) =>
        Assert.Empty(Yaml.Read($"dist_git_branches: [{name}]").Problems);

    [Fact]
    public void Metadata_beside_the_same_keys_is_an_error_at_the_key()
    {
        var problem = Yaml.Read("jobs:\n- job: tests\n  trigger: pull_request\n  branch: main\n  metadata: {targets: f43}").Problems.Single(p => p.Severity == ConfigSeverity.Error);
        Assert.Equal((ProblemCodes.MixedMetadata, 4, 3), (problem.Code, problem.Line, problem.Column));
    }

    [Fact]
    public void A_value_shared_by_alias_is_reported_once() =>
        Assert.Single(Yaml.Read("_: &j {sync_changelog: 2, job: tests, trigger: release}\njobs: [{<<: *j}, {<<: *j}, *j]").Problems);

    [Fact]
    public void A_duplicate_key_is_an_error_that_names_both_lines()
    {
        var problem = Yaml.Problem("jobs: []\nsync_changelog: true\njobs: []");
        Assert.Equal((ProblemCodes.DuplicateKey, 3, "jobs"), (problem.Code, problem.Line, problem.Path));
        Assert.Contains("line 1", problem.Message);
    }
}
