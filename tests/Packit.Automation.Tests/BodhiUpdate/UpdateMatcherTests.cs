using System.Text;
using Packit.Automation.BodhiUpdate;
using Packit.Automation.KojiBuild;
using Packit.Automation.Matching;
using Packit.PackageConfig;

namespace Packit.Automation.Tests.BodhiUpdate;

public sealed class UpdateMatcherTests
{
    private const string Job = "- job: bodhi_update\n  trigger: commit\n  dist_git_branches: [f42, f43]\n";

    [Fact]
    public void A_complete_build_of_a_configured_branch_starts_an_update()
    {
        var match = Assert.Single(Match(Job + "- job: koji_build\n  trigger: commit\n"));

        Assert.Equal((true, 0, "The build is complete."), (match.Matched, match.Index, match.Reason));
    }

    [Theory]
    [InlineData("  manual_trigger: true\n", "It has 'manual_trigger: true' and nobody asked for it.")]
    [InlineData("  packit_instances: [stg, dev]\n", "'packit_instances' is [stg, dev] and this deployment is prod.")]
    [InlineData("  sidetag_group: chain\n  dependencies: [world]\n", "It makes updates from a side tag ('sidetag_group'), which this service does not do.")]
    [InlineData("  downstream_package_name: world\n", "It is for the package world, and this is hello.")]
    public void A_job_that_does_not_run_says_why(string more, string reason)
    {
        var match = Assert.Single(Match(Job + more));

        Assert.Equal((false, reason), (match.Matched, match.Reason));
    }

    [Fact]
    public void Another_branch_is_named_with_what_the_aliases_mean()
    {
        var match = Assert.Single(Match(Job, "f41"));

        Assert.Equal((false, "The branch f41 is not among its 'dist_git_branches': f42, f43."), (match.Matched, Sorted(match.Reason)));
    }

    [Fact]
    public void Rawhide_gets_its_updates_from_bodhi_whatever_the_config_says()
    {
        var match = Assert.Single(Match("- job: bodhi_update\n  trigger: commit\n  dist_git_branches: [rawhide]\n", "rawhide"));

        Assert.Equal((false, true), (match.Matched, match.Reason.StartsWith("Bodhi itself makes the updates of rawhide", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_asks_gets_manual_jobs_and_those_of_builds()
    {
        Assert.True(Assert.Single(Match(Job + "  manual_trigger: true\n", byPerson: true)).Matched);
        Assert.True(Assert.Single(Match(Job.Replace("commit", "koji_build", StringComparison.Ordinal), byPerson: true)).Matched);
        Assert.False(Assert.Single(Match(Job.Replace("commit", "koji_build", StringComparison.Ordinal))).Matched);
    }

    [Fact]
    public void A_build_gets_one_update_however_many_jobs_want_it()
    {
        var matches = UpdateMatcher.FirstOnly(Match(Job.Replace("f43", "f41", StringComparison.Ordinal) + Job + Job));

        Assert.Equal([false, true, false], matches.Select(match => match.Matched));
        Assert.Equal("An earlier job of the config makes the update of this build.", matches[2].Reason);
    }

    [Theory]
    [InlineData("f43-candidate", "f43")]
    [InlineData("epel10.1-candidate", "epel10.1")]
    [InlineData("rawhide", "rawhide")]
    [InlineData("f43-build-side-12345", null)]
    [InlineData("f44-rebuild", null)]
    [InlineData("-candidate", null)]
    [InlineData(null, null)]
    public void A_build_target_tells_the_branch(string? target, string? branch) => Assert.Equal(branch, CompleteBuild.BranchOf(target));

    private static string Sorted(string reason)
    {
        var at = reason.LastIndexOf(": ", StringComparison.Ordinal) + 2;
        return reason[..at] + string.Join(", ", reason[at..^1].Split(", ").Order(StringComparer.Ordinal)) + ".";
    }

    private static IReadOnlyList<JobMatch> Match(string jobs, string branch = "f43", bool byPerson = false)
    {
        var reading = PackageConfigReader.Read(
            Encoding.UTF8.GetBytes("specfile_path: hello.spec\njobs:\n" + jobs), new ConfigSource { RepositoryName = "hello" });
        Assert.True(reading.IsValid, string.Join('\n', reading.Problems));
        return UpdateMatcher.Match(
            reading.Config!, new BuildOccasion("hello", branch, "prod", BranchAliases.BuiltIn, byPerson, "The build is complete."));
    }
}
