using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>The whole chain by way of a real RabbitMQ.</summary>
public sealed class BrokerStories(PostgresServer server)
{
    [Fact]
    public async Task A_broker_that_dies_between_merge_and_build_brings_everything_when_it_is_back_and_nothing_twice()
    {
        // Its own: others listen to that of the test run.
        await using var rabbit = new RabbitServer();
        using var broker = await StoryBroker.StartAsync(rabbit);
        await using var story = await Chain.BeginAsync(
            server, Chain.OneBranch with { Broker = broker.World, Settings = broker.Settings, ReadsBack = true });
        await story.ReleaseAsync();
        await story.Package.MergePullRequestAsync(Assert.Single(await story.OpenPullRequestsAsync()).Id);
        await story.UntilAsync(async () => (await story.BuildsAsync()).Any(build => build.Status == KojiBuildStatus.Running));

        await rabbit.CrashAsync();
        await story.World.Koji.FinishAsync(Chain.Task(story).Id);
        Assert.False(story.World.Bus.IsQuiet);
        await rabbit.RestartAsync();
        await story.UntilAsync(async () => (await story.UpdatesAsync()).Any(update => update.Status == BodhiUpdateStatus.Success));

        var update = Assert.Single(story.World.Bodhi.Updates);
        story.World.Bodhi.PushToTesting(update.Alias);
        story.World.Bodhi.PushToStable(update.Alias);
        await story.UntilAsync(async () => (await story.UpdatesAsync()).Any(row => row.UpdateState == BodhiUpdateState.Stable));

        Assert.Single(Chain.Tasks(story));
        Assert.Equal(KojiBuildStatus.Success, Assert.Single(await story.BuildsAsync()).Status);
        Assert.Single(await story.UpdatesAsync());
        Assert.Single(story.World.Bodhi.Updates);
        await using var database = story.Database();
        var heard = database.Deliveries.Where(delivery => delivery.Source == DeliverySource.FedoraMessaging).Select(delivery => delivery.DeliveryId).ToHashSet();
        Assert.Superset(Chain.Messages(story, "buildsys.build.state.change").Select(message => message.Id).ToHashSet(), heard);
    }
}
