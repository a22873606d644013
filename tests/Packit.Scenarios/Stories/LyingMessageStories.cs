using System.Text.Json.Nodes;
using Packit.Automation.Storage;
using Packit.Sandbox.Bus;
using Packit.Sandbox.Koji;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Everybody may write to the public bus: what a message says that is not true changes nothing.</summary>
public sealed class LyingMessageStories(PostgresServer server)
{
    private const string Elsewhere = "0123456789012345678901234567890123456789";

    [Fact]
    public async Task Lies_about_pushes_and_comments_start_nothing()
    {
        await using var story = await Chain.BeginAsync(server);
        await story.ReleaseAsync();
        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        story.Package.Comment(pull.Id, "stranger", "When does it come?");
        await story.SettleAsync();
        var before = await Snapshot.TakeAsync(story);

        // A merge that did not happen: of the head of the pull request, of no commit at all, and of the branch as it is.
        var push = new JsonObject
        {
            ["agent"] = "packager", ["repo"] = Body(Chain.Messages(story, "pagure.pull-request.comment.added")[0])["pullrequest"]!["project"]!.DeepClone(),
            ["total_commits"] = 1, ["old_commit"] = story.Package.Branches["f43"], ["branch"] = "f43", ["forced"] = false, ["authors"] = new JsonArray(),
            ["changed_files"] = new JsonObject { ["hello.spec"] = "M" }, ["pull_request_id"] = pull.Id,
        };
        foreach (var commit in new[] { pull.CommitStop!, Elsewhere, story.Package.Branches["f43"] })
        {
            await TellAsync(story, "pagure.git.receive", push, body => (body["start_commit"], body["end_commit"]) = (commit, commit));
        }

        // A command that nobody gave, and a real comment under another's name with another text.
        var comment = Body(Chain.Messages(story, "pagure.pull-request.comment.added")[0]);
        foreach (var (id, text) in new[] { (4711, "/packit koji-build"), (comment["pullrequest"]!["comments"]![0]!["id"]!.GetValue<int>(), "/packit create-update") })
        {
            await TellAsync(story, "pagure.pull-request.comment.added", comment, body =>
            {
                var said = body["pullrequest"]!["comments"]!.AsArray()[^1]!;
                (said["id"], said["comment"], said["user"]!["name"], body["agent"]) = (id, text, "packager", "packager");
            });
        }

        await TellAsync(story, "pagure.pull-request.closed", comment, body => (body["merged"], body["pullrequest"]!["status"]) = (true, "Merged"));
        for (var minute = 0; minute < 20; minute += 4)
        {
            await story.ForwardAsync(TimeSpan.FromMinutes(4));
        }

        Assert.Equal(before, await Snapshot.TakeAsync(story));
        Assert.Empty(Chain.Tasks(story));
        Assert.Empty(await story.UpdatesAsync());
        Assert.DoesNotContain(await story.BuildsAsync(), build => build.TaskId is not null);
        Assert.Equal(PullRequestState.Open, Assert.Single((await story.TargetAsync("f43")).PullRequests).State);
    }

    [Fact]
    public async Task Lies_about_a_build_neither_end_it_nor_keep_its_update_away()
    {
        await using var story = await Chain.BeginAsync(server);
        var task = await Chain.BuildAsync(story);
        var begun = Assert.Single(Chain.Messages(story, "buildsys.build.state.change"));
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        await TellAsync(story, "buildsys.build.state.change", Body(begun), body => (body["old"], body["new"]) = ((int)HubBuildState.Building, (int)HubBuildState.Complete));
        await TellAsync(story, "buildsys.tag", Tagging(begun), _ => { });
        for (var minute = 0; minute < 20; minute += 4)
        {
            await story.ForwardAsync(TimeSpan.FromMinutes(4));
        }

        Assert.Equal(KojiBuildStatus.Running, Assert.Single(await story.BuildsAsync()).Status);
        Assert.Empty(await story.UpdatesAsync());
        Assert.Equal("pending", Assert.Single(story.Package.Flags(story.Package.Branches["f43"])).Status);

        // The truth comes late, by looking only.
        story.World.Bus.Loses = message => Chain.IsOf(message, "buildsys.");
        await story.World.Koji.FinishAsync(task.Id);
        await story.ForwardAsync(TimeSpan.FromMinutes(20));
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(KojiBuildStatus.Success, Assert.Single(await story.BuildsAsync()).Status);
        Assert.Single(story.World.Bodhi.Updates);
        await using var database = story.Database();
        Assert.Contains(database.Decisions, decision => decision.Matched && decision.Job == "bodhi_update");
    }

    [Fact]
    public async Task Lies_about_what_is_others_change_nothing()
    {
        await using var story = await Chain.BeginAsync(server);
        var task = await Chain.BuildAsync(story);
        var begun = Body(Assert.Single(Chain.Messages(story, "buildsys.build.state.change")));

        // A build that is no build of the package, and one of a package that has no build.
        foreach (var (id, release) in new[] { (4711, "1.fc43"), (begun["build_id"]!.GetValue<int>(), "9.fc43") })
        {
            await TellAsync(story, "buildsys.build.state.change", begun, body =>
                (body["old"], body["new"], body["build_id"], body["release"]) = ((int)HubBuildState.Building, (int)HubBuildState.Complete, id, release));
        }

        await story.World.Koji.FinishAsync(task.Id);
        await story.SettleAsync();
        var ours = Assert.Single(story.World.Bodhi.Updates);
        story.World.Bodhi.PushToTesting(ours.Alias);
        await story.SettleAsync();
        var testing = Body(Assert.Single(Chain.Messages(story, "bodhi.update.complete.testing")));

        // Ours is said to be stable; and another's update is said to hold our build.
        await TellAsync(story, "bodhi.update.complete.stable", testing, body => body["update"]!["status"] = "stable");
        await TellAsync(story, "bodhi.update.complete.stable", testing, body => (body["update"]!["alias"], body["update"]!["status"]) = ("FEDORA-2026-4711471147", "stable"));
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        var update = Assert.Single(await story.UpdatesAsync());
        Assert.Equal((ours.Alias, BodhiUpdateState.Testing), (update.Alias, update.UpdateState));
        Assert.Single(story.World.Bodhi.Updates);
        Assert.Single(await story.BuildsAsync());
        Assert.Equal("Pull request: done, Merge: done, Build: done, Update: done, Stable: in progress", (await ReleasePage.ReadAsync(story)).Branches["f43"].Way);
    }

    private static JsonObject Body(BusMessage message) => JsonNode.Parse(message.Body)!.AsObject();

    private static JsonObject Tagging(BusMessage begun)
    {
        var build = Body(begun);
        return new JsonObject
        {
            ["tag"] = "f43-updates-candidate", ["name"] = "hello", ["version"] = "1.2.3", ["release"] = "1.fc43", ["user"] = "packit", ["owner"] = "packit",
            ["tag_id"] = 1, ["build_id"] = build["build_id"]!.DeepClone(), ["instance"] = "primary",
        };
    }

    /// <summary>Somebody publishes a body like a true one, and changed in what it says.</summary>
    private static async Task TellAsync(Story story, string topic, JsonObject like, Action<JsonObject> change)
    {
        var body = like.DeepClone().AsObject();
        change(body);
        story.World.Bus.Lie(topic, body);
        await story.SettleAsync();
        await using var database = story.Database();
        Assert.DoesNotContain(database.Deliveries, delivery => delivery.State == DeliveryState.Rejected);
    }
}
