using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>From the tag to the version, or not.</summary>
public sealed class TagStories(PostgresServer server)
{
    [Theory]
    [InlineData("upstream_tag_exclude: '.*rc.*'")]
    [InlineData("upstream_tag_include: 'v2'")]
    public async Task A_tag_that_the_config_does_not_want_starts_nothing(string config)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { MoreConfig = config });

        await story.ReleaseAsync("v1.3.0rc1");

        Assert.Empty(story.Project.CheckRuns());
        Assert.Empty(story.Project.Statuses());
        Assert.Empty(await story.RunsAsync());
        Assert.Empty(await story.TargetsAsync());
        Assert.Empty(story.Project.Issues());
        Assert.Empty(Snapshot.Writes(story));
    }

    [Fact]
    public async Task A_tag_that_does_not_fit_the_template_fails_each_branch_and_says_so()
    {
        await using var story = await Story.BeginAsync(server);

        await story.ReleaseAsync("release-1.2.3");

        const string Reason = "Unable to extract \"version\" from release-1.2.3 using v{version}";
        foreach (var branch in story.Options.Branches)
        {
            var check = story.Check(branch);
            Assert.Equal("failure", check.Conclusion);
            Assert.StartsWith("Propose downstream failed: " + Reason, check.Title, StringComparison.Ordinal);
            var target = await story.TargetAsync(branch);
            Assert.Equal((SyncReleaseTargetStatus.Error, FailureKind.UserFixable, 1), (target.Status, target.FailureKind, target.Attempts));
            Assert.StartsWith(Reason, target.Message, StringComparison.Ordinal);
        }

        Assert.Equal(SyncReleaseStatus.Error, Assert.Single(await story.RunsAsync()).Status);
        Assert.Equal("[packit] Propose downstream failed for release release-1.2.3", Assert.Single(story.Project.Issues()).Title);
        Assert.Empty(await story.Package.PullRequestsAsync());
    }
}
