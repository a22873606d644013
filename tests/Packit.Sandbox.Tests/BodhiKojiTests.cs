using System.Text.Json.Nodes;
using Packit.Sandbox.Bodhi;

namespace Packit.Sandbox.Tests;

public sealed class BodhiKojiTests : BodhiStory
{
    [Fact]
    public async Task A_build_of_the_hub_moves_from_tag_to_tag_with_its_update()
    {
        await LoginToHubAsync();
        World.Koji.AddForeignBuild("hello-7.0-1.fc43", "packit", "f43-candidate");
        string alias = (await SaveAsync(("builds", "hello-7.0-1.fc43"), ("type", "bugfix"), ("notes", "Seven"))).Json["alias"]!.ToString();

        World.Bodhi.PushToTesting(alias);
        var testing = World.Koji.Build("hello-7.0-1.fc43")!.Tags;
        World.Bodhi.PushToStable(alias);

        Assert.Equal(["f43-updates-testing"], testing);
        Assert.Equal(["f43-updates"], World.Koji.Build("hello-7.0-1.fc43")!.Tags);
        Assert.Equal("bodhi", JsonNode.Parse(World.Bus.History.Last(message => message.Topic.EndsWith("buildsys.tag", StringComparison.Ordinal)).Body)!["user"]!.ToString());
    }

    [Fact]
    public async Task A_build_that_waits_for_its_tag_is_refused_until_it_has_it()
    {
        await LoginToHubAsync();
        World.Koji.AddForeignBuild("hello-7.0-1.fc43", "packit");

        var early = await SaveAsync(("builds", "hello-7.0-1.fc43"), ("type", "bugfix"), ("notes", "Seven"));
        World.Koji.Tag("hello-7.0-1.fc43", "f43-updates-candidate");
        var late = await SaveAsync(("builds", "hello-7.0-1.fc43"), ("type", "bugfix"), ("notes", "Seven"));

        Assert.Equal("Cannot find any tags associated with build: hello-7.0-1.fc43", Error(early));
        Assert.Equal(200, late.Status);
    }

    [Fact]
    public async Task A_build_of_rawhide_becomes_stable_by_itself()
    {
        await LoginToHubAsync();
        World.Koji.AddForeignBuild("hello-8.0-1.fc44", "packit", "rawhide");
        await World.Bus.QuietAsync(Ct);

        var update = Assert.Single(World.Bodhi.Updates);
        Assert.Equal(("packit", "stable", "F44"), (update.User, update.Status, update.Release));
        Assert.Equal(["f44"], World.Koji.Build("hello-8.0-1.fc44")!.Tags);
    }

    private async Task LoginToHubAsync()
    {
        IBuildTags hub = World.Bodhi.Builds;
        await LoginAsync();
        World.Bodhi.Builds = hub;
    }
}
