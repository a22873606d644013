using System.Text;
using Packit.Automation.ConfigCheck;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.PackageConfig;

namespace Packit.Automation.Tests.Reporting;

public sealed class ConfigCheckTextTests
{
    [Fact]
    public void A_good_config_says_what_each_job_reaches()
    {
        var view = View("""
            specfile_path: hello.spec
            jobs:
            - {job: propose_downstream, trigger: release, dist_git_branches: [fedora-all]}
            - {job: propose_downstream, trigger: release}
            - {job: koji_build, trigger: commit, dist_git_branches: fedora-branched}
            - {job: bodhi_update, trigger: koji_build, sidetag_group: hello-group, dist_git_branches: f43}
            - {job: copr_build, trigger: pull_request}
            """);

        Assert.Equal((CheckPhase.Success, "The package config is valid."), (view.Phase, view.Title));
        Assert.Equal(
            """
            Jobs, with the branches that aliases stand for today:
              propose_downstream on release: rawhide, f44, f43
              propose_downstream on release: the default branch
              koji_build on commit: f44, f43
              bodhi_update on koji_build: f43
              copr_build on pull_request
            """.ReplaceLineEndings("\n"),
            view.Details);
        Assert.Empty(view.Remarks!);
    }

    [Fact]
    public void Packages_of_one_repository_are_told_apart()
    {
        var view = View("""
            packages:
              a: {specfile_path: a.spec}
              b: {specfile_path: b.spec}
            jobs:
            - {job: propose_downstream, trigger: release, dist_git_branches: f43}
            """);

        Assert.EndsWith(":\n  a: propose_downstream on release: f43\n  b: propose_downstream on release: f43", view.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_without_jobs_says_so() =>
        Assert.Equal("The file defines no job.", View("{specfile_path: hello.spec, jobs: []}").Details);

    [Fact]
    public void Errors_come_first_among_the_remarks_and_the_details_keep_the_order_of_the_file()
    {
        var view = View("""
            specfile_path: hello.spec
            jobs:
            - {job: bodhi_update, trigger: release}
            acrions: {}
            """);

        Assert.Equal((CheckPhase.Failure, "The package config has 1 error and 1 warning."), (view.Phase, view.Title));
        Assert.Equal([(4, true), (3, false)], view.Remarks!.Select(remark => (remark.Line, remark.IsError)));
        Assert.Equal("There is no key `acrions` here. Did you mean `actions`?", view.Remarks![0].Text);
        Assert.True(view.Details!.IndexOf(":3:", StringComparison.Ordinal) < view.Details.IndexOf(":4:1: error", StringComparison.Ordinal));
        Assert.StartsWith("Releases of a commit with this file cannot be carried to Fedora", view.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_of_the_whole_file_stands_at_its_first_line()
    {
        var seen = new SeenConfig(".packit.yaml", [], PackageConfigReader.RefuseBySize(10_485_760)!, [], BranchAliases.BuiltIn);

        var remark = Assert.Single(ConfigCheckTexts.View(seen).Remarks!);

        Assert.Equal((1, null, true), (remark.Line, remark.Column, remark.IsError));
        Assert.Equal(".packit.yaml: The file has 10,485,760 bytes; at most 131,072 are read. Is this the right file?", ConfigTexts.Line(".packit.yaml", seen.Reading.Problems[0]));
    }

    [Fact]
    public void Without_a_config_the_check_is_neutral_and_names_where_one_would_be()
    {
        var view = ConfigCheckTexts.View(null);

        Assert.Equal(CheckPhase.Neutral, view.Phase);
        Assert.Contains("`.packit.yaml`, `.packit.yml`, `packit.yaml`, `packit.yml`", view.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_jobs_are_not_all_named()
    {
        var jobs = string.Concat(Enumerable.Repeat("- {job: tests, trigger: pull_request, skip_build: true}\n", 100));

        var lines = View($"specfile_path: hello.spec\njobs:\n{jobs}").Details!.Split('\n');

        Assert.Equal((42, "  … and 60 more"), (lines.Length, lines[^1]));
    }

    private static CheckView View(string yaml)
    {
        var content = Encoding.UTF8.GetBytes(yaml);
        var aliases = BranchAliases.From(
        [
            new("F43", "Fedora 43", "43", "current", "f43", "FEDORA"), new("F44", "Fedora 44", "44", "frozen", "f44", "FEDORA"),
            new("F45", "Fedora 45", "45", "pending", "rawhide", "FEDORA"),
        ]);
        var source = new ConfigSource { RepositoryName = "hello", TopLevelFiles = ["hello.spec"], Aliases = aliases };
        return ConfigCheckTexts.View(new SeenConfig(".packit.yaml", content, PackageConfigReader.Read(content, source), [], aliases));
    }
}
