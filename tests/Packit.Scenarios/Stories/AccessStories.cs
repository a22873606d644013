using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Who is served, and what the others read.</summary>
public sealed class AccessStories(PostgresServer server)
{
    private const string Command = "/packit propose-downstream";
    private const string Project = "127.0.0.1/upstream/hello.git";
    private const string NotOnList = $"Project {Project} is not on our allowlist! See https://packit.dev/docs/guide/#2-approval";

    [Fact]
    public async Task A_release_of_a_project_that_is_not_approved_gets_one_comment_on_its_commit_and_nothing_else()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false });

        var commit = await story.ReleaseAsync();
        await new RawDelivery("release", story.World.GitHub.Deliveries[^1].Payload).SendAsync(story);
        await story.SettleAsync();

        var comment = Assert.Single(story.Project.CommitComments());
        Assert.Equal((story.Bot, NotOnList, commit), (comment.Author, FirstLine(comment.Body), comment.Sha));
        Assert.Contains("install the GitHub App again", comment.Body, StringComparison.Ordinal);
        Assert.Empty(story.Project.CheckRuns());
        Assert.Empty(story.Project.Statuses());
        Assert.Empty(story.Project.Issues());
        Assert.Empty(await story.RunsAsync());
    }

    [Theory]
    [InlineData("127.0.0.1/upstream")]
    [InlineData(Project)]
    public async Task A_release_of_a_denied_project_is_told_so(string denied)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false });
        await EnterAsync(story, denied, AllowlistStatus.Denied);

        await story.ReleaseAsync();

        Assert.Equal($"{Project} or parent namespaces denied!", FirstLine(Assert.Single(story.Project.CommitComments()).Body));
        Assert.Empty(story.Project.CheckRuns());
        Assert.Empty(await story.RunsAsync());
    }

    [Fact]
    public async Task A_project_without_a_job_for_releases_is_never_told_that_it_is_not_approved()
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { Approved = false, Config = "specfile_path: hello.spec\ndownstream_package_name: hello\njobs: []\n" });

        await story.ReleaseAsync();

        Assert.Empty(story.Project.CommitComments());
        Assert.Empty(story.Project.Issues());
    }

    [Theory]
    [InlineData("read")]
    [InlineData("triage")]
    [InlineData("none")]
    public async Task A_command_of_somebody_without_write_access_gets_eyes_and_a_refusal(string role)
    {
        await using var story = await Story.BeginAsync(server);
        story.Project.SetPermission("visitor", role);
        await story.ReleaseAsync("v1.0.5");
        var before = (await story.RunsAsync()).Count;

        var talk = await Talk.BeginAsync(story, Command, "visitor");

        Assert.Equal([(story.Bot, "eyes")], talk.Reactions);
        Assert.StartsWith("Account visitor has no write access!", Assert.Single(talk.Answers), StringComparison.Ordinal);
        Assert.Equal(before, (await story.RunsAsync()).Count);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("maintain")]
    [InlineData("admin")]
    public async Task A_command_of_somebody_with_write_access_is_carried_out(string role)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        story.World.WebhookTarget = story.Service.Webhook;
        story.Project.SetPermission("developer", role);

        var talk = await Talk.BeginAsync(story, Command, "developer");

        Assert.Equal([(story.Bot, "eyes")], talk.Reactions);
        Assert.StartsWith("Release v1.2.3 was proposed:\n\n- `rawhide`: ", talk.Answer, StringComparison.Ordinal);
        Assert.Equal("Update rawhide to upstream release 1.2.3", Assert.Single(await story.OpenPullRequestsAsync()).Title);
        Assert.Equal(RunTrigger.Comment, Assert.Single(await story.RunsAsync()).Trigger);
    }

    [Fact]
    public async Task A_command_in_a_project_that_is_not_approved_is_told_so()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false });

        var talk = await Talk.BeginAsync(story, Command);

        Assert.Equal([NotOnList], talk.Answers.Select(FirstLine));
        Assert.Contains((story.Bot, "eyes"), talk.Reactions);
    }

    [Fact]
    public async Task A_command_of_a_denied_account_is_told_so()
    {
        await using var story = await Story.BeginAsync(server);
        await EnterAsync(story, "127.0.0.1/maintainer", AllowlistStatus.Denied);

        var talk = await Talk.BeginAsync(story, Command);

        Assert.StartsWith("User namespace maintainer denied!", Assert.Single(talk.Answers), StringComparison.Ordinal);
        Assert.Empty(await story.RunsAsync());
    }

    private static string FirstLine(string text) => text.Split('\n')[0];

    private static async Task EnterAsync(Story story, string name, AllowlistStatus status)
    {
        await using var database = story.Database();
        database.Allowlist.Add(new AllowlistEntry { Namespace = name, Status = status });
        await database.SaveChangesAsync();
    }
}
