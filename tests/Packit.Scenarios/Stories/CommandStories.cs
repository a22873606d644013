using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>What people say in upstream issues, and what comes of it.</summary>
public sealed class CommandStories(PostgresServer server)
{
    private const string Command = "/packit propose-downstream";

    private const string SyntaxError =
        "There appears to be a syntax error in the command provided. "
        + "Please refer to the [Packit documentation](https://packit.dev/docs/retriggering) or use the `/packit help` command.";

    [Fact]
    public async Task Only_branches_that_are_not_done_are_worked_on_and_all_done_is_said()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "[rawhide, f42]" });
        await story.ReleaseAsync();
        Assert.Equal("failure", story.Check("f42").Conclusion);
        var finished = story.Check("rawhide").History;
        var pull = Assert.Single(await story.OpenPullRequestsAsync());

        await story.Package.CreateBranchAsync("f42");
        var first = await Talk.BeginAsync(story, $"f42 is there now.\n\n  {Command}  \nThanks!");

        Assert.Equal([(story.Bot, "eyes")], first.Reactions);
        var pulls = await story.OpenPullRequestsAsync();
        Assert.Equal([$"Release v1.2.3 was proposed:\n\n- `f42`: {story.World.DistGit}rpms/hello/pull-request/{pulls[1].Id}"], first.Answers);
        Assert.Equal("success", story.Check("f42").Conclusion);
        Assert.Equal(finished, story.Check("rawhide").History);
        Assert.Equal(["rawhide", "f42"], pulls.Select(open => open.Branch));
        Assert.Equal(pull.InitialComment, pulls[0].InitialComment);
        var run = (await story.RunsAsync())[1];
        Assert.Equal(["f42"], (await story.TargetsAsync()).Where(target => target.RunId == run.Id).Select(target => target.Branch));

        var world = await Snapshot.TakeAsync(story);
        var again = await Talk.BeginAsync(story, Command);

        Assert.Equal([(story.Bot, "eyes")], again.Reactions);
        Assert.Equal(
            ["Release v1.2.3 is proposed to all configured branches already; nothing was started."
                + string.Concat(pulls.Select(open => $"\n- {story.World.DistGit}rpms/hello/pull-request/{open.Id}"))],
            again.Answers);
        Assert.Equal(2, (await story.RunsAsync()).Count);
        Assert.Equal(world.Split("\"Issues\"")[0], (await Snapshot.TakeAsync(story)).Split("\"Issues\"")[0]);
    }

    [Fact]
    public async Task A_branch_that_failed_when_its_release_was_delivered_again_can_be_asked_for()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        await story.ReleaseAsync();
        await story.Package.PushCommitAsync("rawhide-update-propose_downstream", new Sandbox.FileSet { ["fix.patch"] = "a fix\n" }, "Fix the build", fork: "packit");
        await new RawDelivery("release", story.World.GitHub.Deliveries[^1].Payload).SendAsync(story);
        await story.SettleAsync();
        Assert.Equal("failure", story.Check("rawhide").Conclusion);
        var issue = Assert.Single(story.Project.Issues());

        await story.Package.MergePullRequestAsync(Assert.Single(await story.OpenPullRequestsAsync()).Id);
        var talk = await Talk.BeginAsync(story, Command, issue: issue.Number);

        Assert.Equal(3, (await story.RunsAsync()).Count);
        Assert.NotEqual("failure", story.Check("rawhide").Conclusion);
        Assert.Equal("closed", talk.Issue.State);
    }

    [Fact]
    public async Task The_latest_release_is_meant_and_a_draft_is_none()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        await story.Project.PublishReleaseAsync("v1.3.0");
        await story.Project.PublishReleaseAsync(new Sandbox.GitHub.ReleaseDraft { Tag = "v2.0.0", Draft = true });
        story.World.WebhookTarget = story.Service.Webhook;

        await Talk.BeginAsync(story, Command);

        Assert.Equal("Update rawhide to upstream release 1.3.0", Assert.Single(await story.OpenPullRequestsAsync()).Title);
    }

    [Fact]
    public async Task A_project_without_a_release_is_told_so()
    {
        await using var story = await Story.BeginAsync(server);

        var talk = await Talk.BeginAsync(story, Command);

        Assert.Equal(["This project has no release yet, so there is nothing to propose. Publish a release first."], talk.Answers);
        Assert.Equal([(story.Bot, "eyes")], talk.Reactions);
    }

    [Theory]
    [InlineData("/packit-stg propose-downstream")]
    [InlineData("> /packit propose-downstream")]
    [InlineData("/packit")]
    [InlineData("Say /packit propose-downstream and it will come.")]
    [InlineData("/Packit propose-downstream")]
    [InlineData("/packit-ci test")]
    public async Task What_is_no_command_for_this_deployment_is_ignored_entirely(string text)
    {
        await using var story = await Story.BeginAsync(server);
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        story.World.WebhookTarget = story.Service.Webhook;

        var talk = await Talk.BeginAsync(story, text);

        Assert.Empty(talk.Reactions);
        Assert.Empty(talk.Answers);
        Assert.Empty(story.Project.CheckRuns());
        Assert.Empty(await story.RunsAsync());
        Assert.Empty(Snapshot.Writes(story));
    }

    [Fact]
    public async Task Staging_hears_its_own_prefix_only()
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { Settings = new Dictionary<string, string?> { ["Service:CommandPrefix"] = "/packit-stg" } });

        Assert.Empty((await Talk.BeginAsync(story, "/packit frobnicate")).Answers);
        Assert.StartsWith(
            SyntaxError.Replace("`/packit ", "`/packit-stg ", StringComparison.Ordinal),
            Assert.Single((await Talk.BeginAsync(story, "/packit-stg frobnicate")).Answers), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/packit frobnicate")]
    [InlineData("/packit propose-downstream --everything")]
    [InlineData("/packit Propose-Downstream")]
    public async Task A_command_that_does_not_exist_is_answered_once_with_where_to_read(string text)
    {
        await using var story = await Story.BeginAsync(server);

        var talk = await Talk.BeginAsync(story, text);
        await story.World.GitHub.RedeliverAsync(story.World.GitHub.Deliveries[^1].DeliveryId);
        await new RawDelivery("issue_comment", story.World.GitHub.Deliveries[^1].Payload).SendAsync(story);
        await story.SettleAsync();

        var answer = Assert.Single(talk.Answers).Split("\n\n");
        Assert.Equal(SyntaxError, answer[0]);
        Assert.Contains(text, answer[1], StringComparison.Ordinal);
        Assert.Equal([(story.Bot, "confused")], talk.Reactions);
        Assert.Equal(2, Assert.Single(story.Project.Issues()).Comments.Count);
        Assert.Empty(await story.RunsAsync());
    }

    [Fact]
    public async Task Help_is_given()
    {
        await using var story = await Story.BeginAsync(server);

        var talk = await Talk.BeginAsync(story, "/packit help", "somebody");

        Assert.StartsWith("```\nusage: /packit ", Assert.Single(talk.Answers), StringComparison.Ordinal);
    }
}
