using Packit.Automation.BodhiUpdate;
using Packit.Automation.Matching;
using Packit.Automation.Storage;
using Packit.PackageConfig;
using Packit.TestSupport;

namespace Packit.Automation.Tests.BodhiUpdate;

/// <summary>What makes an update another one.</summary>
public sealed class UpdateStarterTests(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Each_build_gets_its_own_update_also_for_one_delivery_and_branch(DatabaseProvider provider)
    {
        await using var story = await UpdateSteps.BeginAsync(server, provider: provider);
        await story.CompleteAsync();
        var first = await story.UpdateAsync();

        // The same command is read again after a worker died, and a newer build is there by then.
        var again = await StartAsync(story, first, "hello-1.2-1.fc43");

        Assert.Equal(["hello-1.1-1.fc43", "hello-1.2-1.fc43"], (await story.UpdatesAsync()).Select(update => update.KojiNvrs));
        Assert.NotEqual(first.Id, again.Id);
        Assert.Equal(first.GroupId, again.GroupId);
        Assert.Equal(again.Id, (await StartAsync(story, first, "hello-1.2-1.fc43")).Id);
    }

    [Fact]
    public async Task Two_commands_of_one_delivery_have_groups_of_their_own()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        await story.CompleteAsync();
        var first = await story.UpdateAsync();

        var second = await StartAsync(story, first, first.KojiNvrs, commandId: 7);

        Assert.NotEqual(first.GroupId, second.GroupId);
        Assert.Equal(7, (await story.UpdatesAsync())[^1].Group.CommandId);
    }

    private static async Task<BodhiUpdateTarget> StartAsync(
        Packit.Automation.Tests.KojiBuild.BuildStory story, BodhiUpdateTarget like, string nvr, int commandId = 0)
    {
        var group = (await story.UpdatesAsync()).First(update => update.Id == like.Id).Group;
        await using var database = story.Get<IPackitDbFactory>().Create();
        var config = ConfigLoader.Reread(database.PackageConfigs.Single(row => row.Id == group.ConfigId), "hello");
        var build = new CompleteBuild(4711, nvr, "hello", "f43", new string('a', 40), "jdoe");
        return await story.Get<UpdateStarter>().StartAsync(
            new UpdateWish(group.DeliveryId, build, group.ConfigId, "maint", BuildTargetId: null) { CommandId = commandId },
            new JobMatch(config.Views[group.ViewIndex], group.ViewIndex, Matched: true, "asked"), CancellationToken.None);
    }
}
