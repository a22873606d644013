using Packit.Automation.Storage;
using Packit.Sandbox.Koji;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>The bus loses, repeats and mixes up messages: a release reaches its users all the same, and nothing happens twice.</summary>
public sealed class LostMessageStories(PostgresServer server)
{
    [Theory]
    [InlineData("pagure.")]
    [InlineData("buildsys.build.state.change")]
    [InlineData("buildsys.")]
    [InlineData("bodhi.")]
    [InlineData("")]
    public async Task Whatever_messages_are_lost_the_release_reaches_its_users_once(string lost)
    {
        await using var story = await Chain.BeginAsync(server, Chain.OneBranch with { ReadsBack = true });
        story.World.Bus.Loses = message => Chain.IsOf(message, lost);

        await story.ReleaseAsync();
        await Chain.MergeAsync(story);
        await story.RestartAsync();
        await story.UntilAsync(async () => (await story.BuildsAsync()).Any(build => build.TaskId is not null));
        await story.World.Koji.FinishAsync(Chain.Task(story).Id);
        await story.SettleAsync();
        await story.ForwardAsync(Chain.AWhile);
        await story.ForwardAsync(Chain.AWhile);
        var update = Assert.Single(story.World.Bodhi.Updates);
        story.World.Bodhi.PushToTesting(update.Alias);
        story.World.Bodhi.PushToStable(update.Alias);
        await story.SettleAsync();
        await story.ForwardAsync(TimeSpan.FromHours(1));

        await AssertEndedWellAsync(story);
    }

    [Fact]
    public async Task A_build_whose_end_nobody_told_is_found_by_looking_and_its_update_too()
    {
        await using var story = await Chain.BeginAsync(server);
        story.World.Bus.Loses = message => Chain.IsOf(message, "buildsys.build") || Chain.IsOf(message, "buildsys.task");
        await story.World.Koji.FinishAsync((await Chain.BuildAsync(story)).Id);
        await story.SettleAsync();
        Assert.Contains(Assert.Single(await story.BuildsAsync()).Status, KojiBuildStates.Watched);

        await story.ForwardAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(KojiBuildStatus.Success, Assert.Single(await story.BuildsAsync()).Status);
        Assert.Empty(story.World.Bodhi.Updates);

        await story.ForwardAsync(TimeSpan.FromMinutes(2));
        Assert.Single(story.World.Bodhi.Updates);
        Assert.Equal(BodhiUpdateStatus.Success, Assert.Single(await story.UpdatesAsync()).Status);
    }

    [Fact]
    public async Task A_tagging_that_nobody_told_costs_the_pause_to_the_next_attempt()
    {
        await using var story = await Chain.BeginAsync(server);
        story.World.Koji.TagDelay = null;
        story.World.Bus.Loses = message => Chain.IsOf(message, "buildsys.tag");
        var task = await Chain.BuildAsync(story);
        await story.World.Koji.FinishAsync(task.Id);
        await story.SettleAsync();
        await story.World.Koji.TagNowAsync(task.Id);
        await story.SettleAsync();
        Assert.Equal("BUILD_NOT_TAGGED", Assert.Single(await story.UpdatesAsync()).FailureCode);

        await story.ForwardAsync(TimeSpan.FromSeconds(8));

        Assert.Equal(BodhiUpdateStatus.Success, Assert.Single(await story.UpdatesAsync()).Status);
        Assert.Single(story.World.Bodhi.Updates);
    }

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task Messages_that_all_come_three_times_and_once_more_at_the_end_do_nothing_twice(DatabaseProvider provider)
    {
        await using var story = await Chain.BeginAsync(server, Chain.OneBranch with { Provider = provider });
        story.World.Bus.Repeats = _ => 2;

        await CarryAsync(story);
        await AssertEndedWellAsync(story);
        var before = await Snapshot.TakeAsync(story);
        foreach (var message in story.World.Bus.History)
        {
            story.World.Bus.Redeliver(message);
            // One that was sent a second time, as senders do after a trouble of their own: the same words under another id.
            story.World.Bus.Publish(message with { Id = Guid.NewGuid().ToString() });
        }

        await story.SettleAsync();

        Assert.Equal(before, await Snapshot.TakeAsync(story));
        Assert.Single(Chain.Tasks(story));
        Assert.Single(story.World.Bodhi.Updates);
        Assert.All((await story.BuildsAsync()).Skip(1), build => Assert.Equal(KojiBuildStatus.Skipped, build.Status));
        var row = (await ReleasePage.ReadAsync(story)).Branches["f43"];
        Assert.Equal("Pull request: done, Merge: done, Build: done, Update: done, Stable: done", row.Way);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_that_come_in_the_wrong_order_lead_to_the_same_end(bool completeFirst)
    {
        await using var story = await Chain.BeginAsync(server);
        story.World.Bus.Loses = message => Chain.IsOf(message, "buildsys.");
        await story.World.Koji.FinishAsync((await Chain.BuildAsync(story)).Id);
        story.World.Bus.Loses = null;
        var parts = Chain.Messages(story, "buildsys.").Reverse().ToLookup(message => completeFirst && Chain.TellsOfBuild(message, HubBuildState.Complete));

        // The tagging before the completion before the beginning; or the completion before all of it.
        foreach (var message in parts[true].Concat(parts[false]))
        {
            story.World.Bus.Redeliver(message);
            await story.SettleAsync();
        }

        Assert.Equal(KojiBuildStatus.Success, Assert.Single(await story.BuildsAsync()).Status);
        var update = Assert.Single(story.World.Bodhi.Updates);
        story.World.Bus.Loses = message => Chain.IsOf(message, "bodhi.");
        story.World.Bodhi.PushToTesting(update.Alias);
        story.World.Bodhi.PushToStable(update.Alias);
        story.World.Bus.Loses = null;
        foreach (var message in Chain.Messages(story, "bodhi.").Reverse())
        {
            story.World.Bus.Redeliver(message);
            await story.SettleAsync();
        }

        await AssertEndedWellAsync(story);
    }

    private static async Task CarryAsync(Story story)
    {
        await story.World.Koji.FinishAsync((await Chain.BuildAsync(story)).Id);
        await story.SettleAsync();
        var update = Assert.Single(story.World.Bodhi.Updates);
        story.World.Bodhi.PushToTesting(update.Alias);
        story.World.Bodhi.PushToStable(update.Alias);
        await story.SettleAsync();
    }

    private static async Task AssertEndedWellAsync(Story story)
    {
        Assert.Single(Chain.Tasks(story));
        var build = Assert.Single(await story.BuildsAsync());
        Assert.Equal((KojiBuildStatus.Success, Chain.Nvr, PullRequestState.Merged), (build.Status, build.Nvr, build.Group.PullRequest?.State));
        Assert.Equal("success", Assert.Single(story.Package.Flags(build.CommitSha)).Status);
        var made = Assert.Single(story.World.Bodhi.Updates);
        var update = Assert.Single(await story.UpdatesAsync());
        Assert.Equal((BodhiUpdateStatus.Success, made.Alias, BodhiUpdateState.Stable), (update.Status, update.Alias, update.UpdateState));
        Assert.Equal("stable", made.Status);
        Assert.Empty(story.Project.Issues());
    }
}
