using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Sandbox.Koji;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Builds and updates that do not come about: maintainers read where and why, and what to do.</summary>
public sealed class ChainFailureStories(PostgresServer server)
{
    private const string Log = "hello.c:7:1: error: expected ';' before '}' token";

    [Fact]
    public async Task A_build_that_fails_on_one_architecture_is_told_with_its_log_until_a_later_one_succeeds()
    {
        await using var story = await BeginWithIssuesAsync();
        var task = await Chain.BuildAsync(story);

        await story.World.Koji.FailAsync(task.Id, "aarch64", Log);
        await story.SettleAsync();

        var failed = Assert.Single(await story.BuildsAsync());
        var flag = Assert.Single(story.Package.Flags(failed.CommitSha));
        Assert.Equal(("failure", $"{Chain.Nvr} failed to build (aarch64).", failed.WebUrl), (flag.Status, flag.Comment, flag.Url));
        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal(("[packit] Fedora Koji build failed: hello", "open"), (issue.Title, issue.State));
        Assert.Contains("The end of `build.log` (aarch64):", issue.Body, StringComparison.Ordinal);
        Assert.Contains(Log, issue.Body, StringComparison.Ordinal);
        Assert.Contains($"<code>f43</code>", issue.Body, StringComparison.Ordinal);
        var row = (await ReleasePage.ReadAsync(story)).Branches["f43"];
        Assert.Equal("Pull request: done, Merge: done, Build: failed, Update: not yet, Stable: not yet", row.Way);
        Assert.Equal($"Maintainers of the package {Chain.Nvr} failed to build on aarch64. Mend it in dist-git; the next push is built.", row.Next);

        await MendAsync(story);
        var second = Chain.Tasks(story)[^1];
        Assert.NotEqual(task.Id, second.Id);
        await story.World.Koji.FinishAsync(second.Id);
        await story.SettleAsync();

        issue = Assert.Single(story.Project.Issues());
        Assert.Equal("closed", issue.State);
        Assert.Equal("hello-1.2.3-2.fc43 was built. Closing.", Talk.Visible(Assert.Single(issue.Comments).Body));
        Assert.Equal("hello-1.2.3-2.fc43", Assert.Single(Assert.Single(story.World.Bodhi.Updates).Builds));
    }

    [Fact]
    public async Task A_build_that_somebody_cancels_is_told()
    {
        await using var story = await BeginWithIssuesAsync();
        var task = await Chain.BuildAsync(story);

        await story.World.Koji.CancelAsync(task.Id);
        await story.SettleAsync();

        var build = Assert.Single(await story.BuildsAsync());
        Assert.Equal((KojiBuildStatus.Canceled, "The build was canceled in Koji."), (build.Status, build.Message));
        Assert.Equal("canceled", Assert.Single(story.Package.Flags(build.CommitSha)).Status);
        Assert.Contains("The build was canceled in Koji.", Assert.Single(story.Project.Issues()).Body, StringComparison.Ordinal);
        Assert.Equal(
            $"Maintainers of the package The build of {Chain.Nvr} was canceled. Ask for it again when it is wanted.",
            (await ReleasePage.ReadAsync(story)).Branches["f43"].Next);
        Assert.Empty(await story.UpdatesAsync());
    }

    [Fact]
    public async Task A_branch_without_a_build_target_is_told_before_anything_is_submitted()
    {
        await using var story = await BeginWithIssuesAsync("f45");
        await story.ReleaseAsync();

        await Chain.MergeAsync(story, "f45");

        Assert.Empty(Chain.Tasks(story));
        var build = Assert.Single(await story.BuildsAsync());
        Assert.Equal((KojiBuildStatus.Error, "BUILD_TARGET_MISSING"), (build.Status, build.FailureCode));
        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal("[packit] Fedora Koji build failed to be triggered: hello", issue.Title);
        Assert.Contains("Koji has no build target f45-candidate for the branch f45.", issue.Body, StringComparison.Ordinal);
        Assert.Equal("error", Assert.Single(story.Package.Flags(build.CommitSha)).Status);
        Assert.StartsWith(
            "Maintainers of the package The build was not started: Koji has no build target f45-candidate",
            (await ReleasePage.ReadAsync(story)).Branches["f45"].Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_that_are_missing_in_Bodhi_are_named_with_who_has_to_grant_them_to_whom()
    {
        await using var story = await BeginWithIssuesAsync(mayUpdate: false);
        await story.World.Koji.FinishAsync((await Chain.BuildAsync(story)).Id);
        await story.SettleAsync();

        var update = Assert.Single(await story.UpdatesAsync());
        Assert.Equal((BodhiUpdateStatus.Error, "UPDATE_RIGHTS"), (update.Status, update.FailureCode));
        Assert.Contains(
            $"An admin of the package has to give packit commit rights, under 'Users & Groups' of {story.World.DistGit}rpms/hello/settings.",
            update.Message, StringComparison.Ordinal);
        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal("[packit] Fedora Bodhi update failed to be created: hello", issue.Title);
        Assert.Contains("has to give packit commit rights", issue.Body, StringComparison.Ordinal);
        Assert.StartsWith(
            "Maintainers of the package The update was not created: Bodhi does not let packit make updates of hello",
            (await ReleasePage.ReadAsync(story)).Branches["f43"].Next, StringComparison.Ordinal);

        story.Package.SetAccess(story.World.ServiceUser, "commit");
        story.Package.Comment(Assert.Single(await story.Package.PullRequestsAsync()).Id, "packager", "/packit create-update");
        await story.SettleAsync();

        var made = Assert.Single(story.World.Bodhi.Updates);
        Assert.Equal("closed", Assert.Single(story.Project.Issues()).State);
        Assert.Equal($"Bodhi {made.Alias} waits to be pushed to testing.", (await ReleasePage.ReadAsync(story)).Branches["f43"].Next);
    }

    [Fact]
    public async Task While_the_account_system_is_away_a_command_waits_and_is_not_refused()
    {
        await using var story = await Chain.BeginAsync(server);
        var task = await Chain.BuildAsync(story);
        await story.World.Koji.FailAsync(task.Id);
        await story.SettleAsync();
        var pull = Assert.Single(await story.Package.PullRequestsAsync()).Id;
        story.World.Faults.Add(new Fault { Server = Servers.Fasjson, Kind = new FaultKind.Status(502, "<html>Proxy Error</html>"), Times = int.MaxValue });

        story.Package.Comment(pull, "packager", "/packit koji-build");
        await story.SettleAsync();
        Assert.NotEmpty(story.World.Requests.Find(Servers.Fasjson));
        Assert.Single(Chain.Tasks(story));
        Assert.Empty(await AnswersAsync(story));

        story.World.Faults.Clear();
        await story.ForwardAsync(Chain.AWhile);

        Assert.StartsWith("The task was accepted.", Assert.Single(await AnswersAsync(story)), StringComparison.Ordinal);
        Assert.Equal(2, Chain.Tasks(story).Count);
    }

    [Fact]
    public async Task A_login_for_Bodhi_that_is_not_to_be_had_costs_seconds_since_nothing_was_asked_for()
    {
        await using var story = await Chain.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = Servers.Identity, PathContains = "/Token", Kind = new FaultKind.Status(500, "oops") });

        await story.World.Koji.FinishAsync((await Chain.BuildAsync(story)).Id);
        await story.SettleAsync();
        var update = Assert.Single(await story.UpdatesAsync());
        Assert.Equal((BodhiUpdateStatus.Retry, "REMOTE_AWAY", null), (update.Status, update.FailureCode, update.IntendedAt));

        await story.ForwardAsync(TimeSpan.FromSeconds(8));
        Assert.Equal(BodhiUpdateStatus.Success, Assert.Single(await story.UpdatesAsync()).Status);
    }

    private static async Task<IReadOnlyList<string>> AnswersAsync(Story story) =>
        [.. Assert.Single(await story.Package.PullRequestsAsync()).Comments.Where(comment => comment is { Author: "packit", Notification: false }).Select(comment => comment.Text)];

    /// <summary>A packager raises the release and pushes.</summary>
    private static async Task MendAsync(Story story)
    {
        await story.Package.PushCommitAsync(
            "f43", new FileSet { ["hello.spec"] = StoryFiles.Spec(story.World, "1.2.3", release: "2%{?dist}") }, "Mend the build", pusher: "packager");
        await story.SettleAsync();
    }

    private async Task<Story> BeginWithIssuesAsync(string branch = "f43", bool mayUpdate = true)
    {
        var story = await Story.BeginAsync(server, Chain.OneBranch with { Branches = ["rawhide", branch], Config = Chain.Config(branch) });
        if (mayUpdate)
        {
            story.Package.SetAccess(story.World.ServiceUser, "commit");
        }

        await story.Project.CommitAsync(
            new FileSet { [".packit.yaml"] = Chain.Config(branch, $"issue_repository: {story.Project.Url}") }, "Report failures here");
        return story;
    }
}
