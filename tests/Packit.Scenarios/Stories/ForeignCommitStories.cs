using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Somebody else works on the service's working branch: what they did is never overwritten.</summary>
public sealed class ForeignCommitStories(PostgresServer server)
{
    private const string Working = "rawhide-update-propose_downstream";
    private const string Command = "/packit propose-downstream";

    private static readonly StoryOptions OneBranch = new() { Stepped = true, Branches = ["rawhide"], ConfiguredBranches = "rawhide" };

    [Fact]
    public async Task Commits_of_others_stop_the_update_and_the_pull_request_says_so_once()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await story.ReleaseAsync();
        var foreign = await PushByHandAsync(story);

        await story.ReleaseAsync("v1.2.4");

        Assert.Equal(foreign, story.Package.ForkBranches()[Working]);
        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal("Update rawhide to upstream release 1.2.3", pull.Title);
        var said = Assert.Single(pull.Comments, comment => !comment.Notification && comment.Author == "packit");
        Assert.Contains("Release v1.2.4 was not proposed here.", said.Text, StringComparison.Ordinal);
        Assert.Contains($"{foreign[..8]} Add a patch (A Packager)", said.Text, StringComparison.Ordinal);
        var commit = await story.Project.CommitOfTagAsync("v1.2.4");
        var check = Assert.Single(story.Project.CheckRuns(commit));
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains("holds commits that this service did not make", check.Title, StringComparison.Ordinal);
        Assert.Contains(foreign[..8], check.Summary, StringComparison.Ordinal);
        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal("[packit] Propose downstream failed for release v1.2.4", issue.Title);

        await story.Project.CommentAsync(issue.Number, "maintainer", Command);
        await story.SettleAsync();

        Assert.Equal(2, (await story.TargetsAsync()).Count(target => target.FailureCode == "FOREIGN_COMMITS"));
        Assert.Single(Assert.Single(await story.OpenPullRequestsAsync()).Comments, comment => !comment.Notification && comment.Author == "packit");
        Assert.Equal(foreign, story.Package.ForkBranches()[Working]);
    }

    [Fact]
    public async Task What_somebody_else_says_first_does_not_silence_the_service()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await story.ReleaseAsync();
        var foreign = await PushByHandAsync(story);
        story.Package.Comment(Assert.Single(await story.OpenPullRequestsAsync()).Id, "packager", $"Head of the branch: {foreign}");

        await story.ReleaseAsync("v1.2.4");

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Single(pull.Comments, comment => comment.Author == "packit" && comment.Text.Contains("was not proposed here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Once_the_pull_request_is_merged_the_command_proposes_the_release_and_closes_the_issue()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await story.ReleaseAsync();
        await PushByHandAsync(story);
        await story.ReleaseAsync("v1.2.4");
        var issue = Assert.Single(story.Project.Issues());

        await story.Package.MergePullRequestAsync(Assert.Single(await story.OpenPullRequestsAsync()).Id);
        await story.Project.CommentAsync(issue.Number, "maintainer", Command);
        await story.SettleAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(3));

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal("Update rawhide to upstream release 1.2.4", pull.Title);
        Assert.Single(pull.Commits);
        Assert.Equal("the fix\n", await story.Package.FileAsync(Working, "fix.patch", fork: "packit"));
        Assert.Equal("success", Assert.Single(story.Project.CheckRuns(await story.Project.CommitOfTagAsync("v1.2.4"))).Conclusion);
        Assert.Equal("closed", Assert.Single(story.Project.Issues()).State);
    }

    [Fact]
    public async Task Once_the_commits_are_removed_the_command_proposes_the_release()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await story.ReleaseAsync();
        var ours = story.Package.ForkBranches()[Working];
        await PushByHandAsync(story);
        await story.ReleaseAsync("v1.2.4");

        await story.Package.MoveForkBranchAsync("packit", Working, ours);
        await story.Project.CommentAsync(Assert.Single(story.Project.Issues()).Number, "maintainer", Command);
        await story.SettleAsync();

        Assert.Equal("Update rawhide to upstream release 1.2.4", Assert.Single(await story.OpenPullRequestsAsync()).Title);
    }

    [Fact]
    public async Task Once_the_pull_request_is_closed_and_its_branch_deleted_the_command_makes_a_new_one()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await story.ReleaseAsync();
        await PushByHandAsync(story);
        await story.ReleaseAsync("v1.2.4");
        Assert.Contains("Merge the pull request, or remove these commits", Assert.Single(story.Project.Issues()).Body, StringComparison.Ordinal);

        story.Package.ClosePullRequest(Assert.Single(await story.OpenPullRequestsAsync()).Id);
        await story.Package.MoveForkBranchAsync("packit", Working, null);
        await story.Project.CommentAsync(Assert.Single(story.Project.Issues()).Number, "maintainer", Command);
        await story.SettleAsync();

        Assert.Equal("Update rawhide to upstream release 1.2.4", Assert.Single(await story.OpenPullRequestsAsync()).Title);
        Assert.Equal(2, (await story.Package.PullRequestsAsync()).Count);
    }

    [Fact]
    public async Task A_head_of_ours_that_the_database_does_not_know_is_taken_for_ours()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await story.ReleaseAsync();
        await using (var database = story.Database())
        {
            database.PushedBranches.RemoveRange(database.PushedBranches);
            database.PullRequests.RemoveRange(database.PullRequests);
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await story.ReleaseAsync("v1.2.4");

        var pull = Assert.Single(await story.Package.PullRequestsAsync());
        Assert.Equal("Update rawhide to upstream release 1.2.4", pull.Title);
        Assert.Single(pull.Commits);
        Assert.Equal(SyncReleaseTargetStatus.Submitted, (await story.TargetAsync("rawhide")).Status);
    }

    [Fact]
    public async Task A_push_between_our_look_and_our_push_is_not_overwritten()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await story.ReleaseAsync();
        var pushing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        story.World.Faults.Add(new Fault
        {
            Server = Servers.Pagure, Method = "POST", PathContains = "/git-receive-pack", Kind = new FaultKind.Delay(TimeSpan.FromSeconds(3)),
            When = _ => pushing.TrySetResult() || true,
        });

        var release = story.ReleaseAsync("v1.2.4");
        await pushing.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var foreign = await PushByHandAsync(story);
        await release;

        var target = await story.TargetAsync("rawhide");
        Assert.Equal((SyncReleaseTargetStatus.Retry, "BRANCH_MOVED"), (target.Status, target.FailureCode));
        Assert.Equal(foreign, story.Package.ForkBranches()[Working]);

        await story.ForwardAsync(TimeSpan.FromSeconds(11));

        Assert.Equal("FOREIGN_COMMITS", (await story.TargetAsync("rawhide")).FailureCode);
        Assert.Equal(foreign, story.Package.ForkBranches()[Working]);
    }

    [Fact]
    public async Task Commits_of_others_on_one_branch_stop_that_branch_only()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await story.ReleaseAsync();
        await PushByHandAsync(story);

        await story.ReleaseAsync("v1.2.4");

        Assert.Equal(
            ["Update f42 to upstream release 1.2.4", "Update f43 to upstream release 1.2.4", "Update rawhide to upstream release 1.2.3"],
            (await story.OpenPullRequestsAsync()).Select(pull => pull.Title).Order(StringComparer.Ordinal));
    }

    private static Task<string> PushByHandAsync(Story story) => story.Package.PushCommitAsync(
        Working, new FileSet { ["fix.patch"] = "the fix\n" }, "Add a patch", new Person("A Packager", "packager@fedora.example"), fork: "packit");
}
