using System.Text;
using Packit.Automation.Matching;
using Packit.Automation.Storage;
using Packit.PackageConfig;

namespace Packit.Automation.Tests.Matching;

public sealed class ReleaseMatcherTests
{
    private const string ProposeDownstream = "- job: propose_downstream\n  trigger: release\n";

    [Fact]
    public void A_release_starts_propose_downstream()
    {
        var match = Assert.Single(Match(ProposeDownstream));

        Assert.True(match.Matched);
        Assert.Equal("Release v1.2.3 starts it.", match.Reason);
        Assert.Equal(new Decision("propose_downstream", "hello", Matched: true, "Release v1.2.3 starts it.") { Ground = DecisionGround.Met }, Decision.Of(match));
    }

    [Theory]
    [InlineData("- job: koji_build\n  trigger: commit\n", "A release of the upstream project does not start this kind of job.")]
    [InlineData("- job: pull_from_upstream\n  trigger: release\n", "A release of the upstream project does not start this kind of job.")]
    [InlineData(ProposeDownstream + "  manual_trigger: true\n", "It has 'manual_trigger: true' and nobody asked for it.")]
    [InlineData(ProposeDownstream + "  packit_instances: [stg, dev]\n", "'packit_instances' is [stg, dev] and this deployment is prod.")]
    [InlineData(ProposeDownstream + "  upstream_tag_include: 'release-.*'\n", "Tag v1.2.3 does not match upstream_tag_include \"release-.*\".")]
    [InlineData(ProposeDownstream + "  upstream_tag_exclude: 'v1\\..*'\n", "Tag v1.2.3 matches upstream_tag_exclude \"v1\\..*\".")]
    [InlineData(ProposeDownstream + "  downstream_package_name: 'he llo'\n", "'he llo' cannot be the name of a dist-git repository.")]
    public void A_job_that_does_not_run_says_why(string job, string reason)
    {
        var match = Assert.Single(Match(job));

        Assert.Equal((false, reason), (match.Matched, match.Reason));
    }

    [Fact]
    public void Who_asks_for_a_manual_job_gets_it() =>
        Assert.True(Assert.Single(Match(ProposeDownstream + "  manual_trigger: true\n", byPerson: true)).Matched);

    [Fact]
    public void Each_job_is_decided_on_its_own_and_keeps_its_place()
    {
        var matches = Match("- job: koji_build\n  trigger: commit\n" + ProposeDownstream + "  packit_instances: [stg]\n" + ProposeDownstream);

        Assert.Equal([(0, false), (1, false), (2, true)], matches.Select(match => (match.Index, match.Matched)));
    }

    [Fact]
    public void Each_deployment_runs_its_own_jobs() =>
        Assert.True(Assert.Single(Match(ProposeDownstream + "  packit_instances: [stg]\n", deployment: "stg")).Matched);

    [Fact]
    public void Every_kind_of_job_has_the_name_it_has_in_the_config() =>
        Assert.All(Enum.GetValues<JobType>(), type => Assert.Matches("^[a-z_]+$", JobNames.Of(type)));

    private static IReadOnlyList<JobMatch> Match(string jobs, string deployment = "prod", bool byPerson = false)
    {
        var reading = PackageConfigReader.Read(
            Encoding.UTF8.GetBytes("specfile_path: hello.spec\ndownstream_package_name: hello\njobs:\n" + jobs), new ConfigSource { RepositoryName = "hello" });
        Assert.True(reading.IsValid, string.Join('\n', reading.Problems));
        return ReleaseMatcher.Match(reading.Config!, "v1.2.3", deployment, byPerson);
    }
}
