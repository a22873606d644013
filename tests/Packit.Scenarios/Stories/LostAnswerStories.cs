using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A remote does what it is asked, and the answer is lost: nothing is done a second time.</summary>
public sealed class LostAnswerStories(PostgresServer server)
{
    private const string Command = "/packit propose-downstream";

    [Theory]
    [InlineData(Servers.GitHubApi, "POST", "/check-runs", 0)]
    [InlineData(Servers.GitHubApi, "PATCH", "/check-runs/", 1)]
    [InlineData(Servers.Pagure, "POST", "/api/0/fork", 0)]
    [InlineData(Servers.Lookaside, "POST", "upload.cgi", 1)]
    [InlineData(Servers.Pagure, "POST", "/git-receive-pack", 0)]
    [InlineData(Servers.Pagure, "POST", "/git-receive-pack", 2)]
    [InlineData(Servers.Pagure, "POST", "/pull-request/new", 0)]
    [InlineData(Servers.Pagure, "POST", "/pull-request/new", 2)]
    public async Task What_was_done_although_the_answer_was_lost_is_found_and_not_done_again(string remote, string method, string path, int after)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault { Server = remote, Method = method, PathContains = path, After = after, Kind = new FaultKind.EffectThenCut() });

        await story.ReleaseAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        Assert.Contains(story.World.Requests.Find(remote, method, path), request => request.Status == 0);
        await AssertEndedWellAsync(story);
    }

    [Fact]
    public async Task A_lost_answer_to_the_failure_issue_leaves_one_issue_without_repetition()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        Lose(story, "/issues");

        await story.ReleaseAsync("release-one");
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal("[packit] Propose downstream failed for release release-one", issue.Title);
        Assert.Empty(issue.Comments);
        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseStatus.Error, target.Run.Status));
    }

    [Fact]
    public async Task A_lost_answer_to_the_comment_about_a_further_failure_leaves_one_comment()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await story.ReleaseAsync("release-one");
        var issue = Assert.Single(story.Project.Issues()).Number;
        Lose(story, $"/issues/{issue}/comments");

        await story.Project.CommentAsync(issue, "maintainer", Command);
        await story.SettleAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        var talk = Talk.Of(story, issue, Assert.Single(story.Project.Issues()).Comments[0].Id);
        Assert.NotNull(talk.Answer);
        Assert.Single(talk.Others);
    }

    [Theory]
    [InlineData("POST", "/comments")]
    [InlineData("PATCH", "/issues/")]
    public async Task A_lost_answer_to_the_last_word_closes_the_issue_with_one_last_word(string method, string path)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Archives.Publish("hello/hello-1.2.3.tar.gz", []);
        await story.Project.PublishReleaseAsync(new Sandbox.GitHub.ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();
        var issue = Assert.Single(story.Project.Issues());
        Assert.Contains("The file is empty (zero bytes).", issue.Body, StringComparison.Ordinal);

        await story.Project.PublishArchiveAsync("v1.2.3");
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, Method = method, PathContains = path,
            When = request => request.Path.Value!.Contains($"/issues/{issue.Number}", StringComparison.Ordinal), Kind = new FaultKind.EffectThenCut(),
        });
        await story.Project.CommentAsync(issue.Number, "maintainer", Command);
        await story.SettleAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        issue = Assert.Single(story.Project.Issues());
        Assert.Equal("closed", issue.State);
        var talk = Talk.Of(story, issue.Number, issue.Comments[0].Id);
        Assert.Equal(["Release v1.2.3 was proposed to all branches. Closing."], talk.Others);
        Assert.StartsWith("Release v1.2.3 was proposed:", talk.Answer, StringComparison.Ordinal);
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
    }

    [Fact]
    public async Task A_lost_answer_to_the_refusal_of_a_project_leaves_one_commit_comment()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true, Approved = false });
        Lose(story, "/comments");

        await story.ReleaseAsync();
        Assert.Contains(story.World.Requests.Find(Servers.GitHubApi, "POST", "/comments"), request => request.Status == 0);
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        Assert.Single(story.Project.CommitComments());
        Assert.Empty(story.Project.CheckRuns());
        await using var database = story.Database();
        Assert.Equal(DeliveryState.Handled, Assert.Single(database.Deliveries).State);
    }

    [Fact]
    public async Task A_lost_answer_to_the_reply_to_a_command_leaves_one_reply()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        var issue = await story.Project.OpenIssueAsync("maintainer", "Please");
        Lose(story, "/comments");

        await story.Project.CommentAsync(issue, "maintainer", "/packit frobnicate");
        await story.SettleAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        Assert.Single(Assert.Single(story.Project.Issues()).Comments, comment => comment.Author == "packit-as-a-service[bot]");
    }

    [Fact]
    public async Task A_lost_answer_to_the_comment_about_foreign_commits_leaves_one_comment()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true, Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        await story.ReleaseAsync();
        await story.Package.PushCommitAsync("rawhide-update-propose_downstream", new Sandbox.FileSet { ["fix.patch"] = "fix\n" }, fork: "packit");
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, Method = "POST", PathContains = "/comment", Kind = new FaultKind.EffectThenCut() });

        await story.ReleaseAsync("v1.2.4");
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Single(pull.Comments, comment => comment.Text.Contains("was not proposed here", StringComparison.Ordinal));
        Assert.Equal("FOREIGN_COMMITS", (await story.TargetAsync("rawhide")).FailureCode);
    }

    private static void Lose(Story story, string path) => story.World.Faults.Add(new Fault
    {
        Server = Servers.GitHubApi, Method = "POST", When = request => request.Path.Value!.EndsWith(path, StringComparison.Ordinal),
        Kind = new FaultKind.EffectThenCut(),
    });

    private static async Task AssertEndedWellAsync(Story story)
    {
        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseTargetStatus.Submitted, target.Status));
        var pulls = await story.Package.PullRequestsAsync();
        Assert.Equal(story.Options.Branches.Order(StringComparer.Ordinal), pulls.Select(pull => pull.Branch).Order(StringComparer.Ordinal));
        Assert.All(pulls, pull => Assert.Single(pull.Commits));
        Assert.Single(story.World.Lookaside.Files("hello"));
        Assert.Equal(story.Options.Branches.Count, story.Project.CheckRuns().Count);
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
        Assert.Empty(story.Project.Issues());
    }
}
