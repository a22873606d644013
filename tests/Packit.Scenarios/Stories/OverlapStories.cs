using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Releases that come close after one another, in the wrong order, or again.</summary>
public sealed class OverlapStories(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task Two_releases_at_the_same_time_leave_one_pull_request_for_each_branch_with_the_newer_one(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Provider = provider });

        await story.Project.PublishReleaseAsync("v1.2.3");
        await story.Project.PublishReleaseAsync("v1.2.4");
        await RestAsync(story);

        var pulls = await story.Package.PullRequestsAsync();
        Assert.Equal(["f42", "f43", "rawhide"], pulls.Select(pull => pull.Branch).Order(StringComparer.Ordinal));
        foreach (var pull in pulls)
        {
            Assert.Equal($"Update {pull.Branch} to upstream release 1.2.4", pull.Title);
            Assert.Contains("Version:        1.2.4\n", await story.Package.FileAsync(pull.BranchFrom, "hello.spec", fork: "packit"), StringComparison.Ordinal);
            Assert.Single(pull.Commits);
        }

        Assert.All(await story.TargetsAsync(), target => Assert.Contains(target.Status, Done));
    }

    [Fact]
    public async Task An_older_release_is_skipped_while_the_pull_request_of_a_newer_one_is_open()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.3.0");
        var before = story.Package.ForkBranches();

        await story.Project.CommitAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Fix an old bug");
        var commit = await story.ReleaseAsync("v1.2.9");

        Assert.Equal(before, story.Package.ForkBranches());
        var pulls = await story.OpenPullRequestsAsync();
        Assert.All(pulls, pull => Assert.Equal($"Update {pull.Branch} to upstream release 1.3.0", pull.Title));
        foreach (var pull in pulls)
        {
            var skipped = await story.TargetAsync(pull.Branch);
            Assert.Equal(SyncReleaseTargetStatus.Skipped, skipped.Status);
            Assert.Equal(
                $"The open pull request {pull.Url} proposes version 1.3.0, which is higher than 1.2.9. Skipping the update.", skipped.Message);
        }

        Assert.Equal(["neutral", "neutral", "neutral"], story.Project.CheckRuns(commit).Select(run => run.Conclusion));
        Assert.Empty(story.Project.Issues());
    }

    [Fact]
    public async Task The_same_release_published_again_changes_nothing_in_dist_git()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync();
        var branches = story.Package.ForkBranches();
        var uploads = story.World.Requests.Count(Servers.Lookaside, "POST");

        await story.ReleaseAsync();

        Assert.Equal(branches, story.Package.ForkBranches());
        Assert.Equal(3, (await story.Package.PullRequestsAsync()).Count);
        Assert.Equal(3, story.Project.CheckRuns().Count);
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
        Assert.Single(story.World.Lookaside.Files("hello"));
        Assert.True(story.World.Requests.Count(Servers.Lookaside, "POST") <= uploads + 1, "The archive was uploaded again.");
    }

    [Fact]
    public async Task The_same_delivery_sent_again_starts_nothing()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync();
        var delivery = story.World.GitHub.Deliveries.Last(sent => sent.Event == "release");

        await story.World.GitHub.RedeliverAsync(delivery.DeliveryId);
        await story.SettleAsync();

        Assert.Equal(202, story.World.GitHub.Deliveries[^1].StatusCode);
        Assert.Equal(3, (await story.TargetsAsync()).Count);
    }

    [Fact]
    public async Task A_release_whose_pull_requests_are_merged_already_has_nothing_to_do()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await story.ReleaseAsync();
        foreach (var pull in await story.OpenPullRequestsAsync())
        {
            await story.Package.MergePullRequestAsync(pull.Id);
        }

        story.Time.Forward(TimeSpan.FromMinutes(3));
        await story.ReleaseAsync();

        Assert.Empty(await story.OpenPullRequestsAsync());
        Assert.All((await story.TargetsAsync()).TakeLast(3), target => Assert.Equal(SyncReleaseTargetStatus.Skipped, target.Status));
        Assert.All(story.Options.Branches, branch => Assert.Equal("neutral", story.Check(branch).Conclusion));
        Assert.Empty(story.Project.Issues());
    }

    private static readonly SyncReleaseTargetStatus[] Done = [SyncReleaseTargetStatus.Submitted, SyncReleaseTargetStatus.Skipped];

    /// <summary>A branch whose lease was lost comes again after ten seconds of the real clock.</summary>
    private static async Task RestAsync(Story story)
    {
        for (var round = 0; round < 40; round++)
        {
            await story.SettleAsync();
            if ((await story.TargetsAsync()) is { Count: 6 } targets && targets.All(target => target.Status != SyncReleaseTargetStatus.Retry))
            {
                return;
            }

            await Task.Delay(1000, TestContext.Current.CancellationToken);
        }
    }
}
