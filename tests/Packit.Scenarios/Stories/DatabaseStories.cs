using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>The database goes away and comes back.</summary>
public sealed class DatabaseStories
{
    [Fact]
    public async Task Without_its_database_the_door_says_so_at_once_and_takes_the_delivery_when_it_is_back()
    {
        await using var server = new PostgresServer();
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        var delivery = story.World.GitHub.Deliveries[^1];
        var release = new RawDelivery("release", delivery.Payload) { Id = delivery.DeliveryId };

        await server.CrashAsync();
        List<RawAnswer> refusals = [];
        for (var i = 0; i < 3; i++)
        {
            refusals.Add(await release.SendAsync(story));
        }

        await server.RestartAsync();
        story.World.WebhookTarget = story.Service.Webhook;
        await story.World.GitHub.RedeliverAsync(delivery.DeliveryId);
        await story.SettleAsync();

        Assert.All(refusals, refusal => Assert.Equal((503, "The delivery could not be stored now. Please deliver it again."), (refusal.Status, refusal.Text)));
        Assert.InRange(refusals.Min(refusal => refusal.Took), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(202, story.World.GitHub.Deliveries[^1].StatusCode);
        Assert.Equal("Update rawhide to upstream release 1.2.3", Assert.Single(await story.OpenPullRequestsAsync()).Title);
        Assert.Equal("success", story.Check("rawhide").Conclusion);
        Assert.Single(await story.RunsAsync());
    }
}
