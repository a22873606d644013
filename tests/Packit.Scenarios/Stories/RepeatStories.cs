using System.Net;
using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>The same news twice changes nothing.</summary>
public sealed class RepeatStories(PostgresServer server)
{
    private static readonly StoryOptions TwoBranches = new() { Branches = ["rawhide", "f42"], ConfiguredBranches = "[rawhide, f42]" };

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task A_delivery_that_comes_again_is_accepted_and_does_nothing(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(server, TwoBranches with { Provider = provider });
        await story.ReleaseAsync();
        var world = await Snapshot.TakeAsync(story);
        story.World.Requests.Clear();

        await story.World.GitHub.RedeliverAsync(story.World.GitHub.Deliveries[^1].DeliveryId);
        await story.SettleAsync();

        var redelivery = story.World.GitHub.Deliveries[^1];
        Assert.True(redelivery.Redelivery);
        Assert.Equal((202, "\"Webhook accepted. We thank you, Github.\""), (redelivery.StatusCode, redelivery.Answer));
        Assert.Empty(story.World.Requests.All);
        Assert.Equal(world, await Snapshot.TakeAsync(story));
        Assert.Single(await story.RunsAsync());
    }

    [Fact]
    public async Task A_delivery_that_comes_many_times_at_once_is_carried_out_once()
    {
        await using var story = await Story.BeginAsync(server, TwoBranches);
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        var delivery = story.World.GitHub.Deliveries[^1];

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => new RawDelivery("release", delivery.Payload) { Id = delivery.DeliveryId }.SendAsync(story)));
        await story.SettleAsync();

        Assert.All(answers, answer => Assert.Equal((int)HttpStatusCode.Accepted, answer.Status));
        Assert.Single(await story.RunsAsync());
        Assert.Equal(2, (await story.Package.PullRequestsAsync()).Count);
        Assert.Equal(2, story.Project.CheckRuns().Count);
    }

    [Fact]
    public async Task A_new_delivery_of_a_finished_release_finds_everything_done()
    {
        await using var story = await Story.BeginAsync(server, TwoBranches);
        await story.ReleaseAsync();
        var world = await Snapshot.TakeAsync(story, withCheckHistory: false);
        story.World.Requests.Clear();

        var answer = await new RawDelivery("release", story.World.GitHub.Deliveries[^1].Payload).SendAsync(story);
        await story.SettleAsync();

        Assert.Equal(202, answer.Status);
        Assert.Equal(world, await Snapshot.TakeAsync(story, withCheckHistory: false));

        // The checks are brought up to date in place, and the lookaside cache is asked whether it has the archive.
        Assert.All(Snapshot.Writes(story), write => Assert.True(
            write.Path.Contains("/check-runs/", StringComparison.Ordinal) || write.Path.EndsWith("/upload.cgi", StringComparison.Ordinal), write.Path));
        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseTargetStatus.Submitted, target.Status));
        Assert.All(await story.RunsAsync(), run => Assert.Equal(SyncReleaseStatus.Finished, run.Status));
    }

    [Fact]
    public async Task What_people_wrote_into_a_pull_request_survives_a_new_delivery()
    {
        await using var story = await Story.BeginAsync(server, TwoBranches);
        await story.ReleaseAsync();
        var pull = (await story.OpenPullRequestsAsync())[0];
        story.Package.EditPullRequest(pull.Id, pull.Title, "Tested by hand on two machines.");

        await new RawDelivery("release", story.World.GitHub.Deliveries[^1].Payload).SendAsync(story);
        await story.SettleAsync();

        Assert.Equal("Tested by hand on two machines.", (await story.OpenPullRequestsAsync())[0].InitialComment);
    }

    [Fact]
    public async Task A_new_delivery_after_the_pull_requests_were_merged_proposes_nothing_again()
    {
        await using var story = await Story.BeginAsync(server, TwoBranches);
        await story.ReleaseAsync();
        foreach (var pull in await story.OpenPullRequestsAsync())
        {
            await story.Package.MergePullRequestAsync(pull.Id);
        }

        var fork = story.Package.ForkBranches();
        await new RawDelivery("release", story.World.GitHub.Deliveries[^1].Payload).SendAsync(story);
        await story.SettleAsync();

        Assert.Equal(2, (await story.Package.PullRequestsAsync()).Count);
        Assert.Empty(await story.OpenPullRequestsAsync());
        Assert.Equal(fork, story.Package.ForkBranches());
        Assert.Empty(story.Project.Issues());
        Assert.All(story.Options.Branches, branch => Assert.NotEqual("failure", story.Check(branch).Conclusion));
        Assert.All(await story.RunsAsync(), run => Assert.Equal(SyncReleaseStatus.Finished, run.Status));
    }
}
