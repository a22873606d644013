using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>From a merged pull request to a build in Koji.</summary>
public sealed class KojiBuildStories(PostgresServer server)
{
    private const string Config = """
        specfile_path: hello.spec
        downstream_package_name: hello
        upstream_tag_template: v{version}
        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches: [f43]
          - job: koji_build
            trigger: commit
            dist_git_branches: [f43]
        """;

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task A_release_goes_on_to_a_build_when_its_pull_request_is_merged(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(server, Options() with { Provider = provider });
        await story.ReleaseAsync();
        var pull = Assert.Single(await story.OpenPullRequestsAsync());

        await story.Package.MergePullRequestAsync(pull.Id);
        await story.SettleAsync();

        var build = Assert.Single(await story.BuildsAsync());
        var task = Assert.Single(story.World.Koji.Tasks, task => task.Method == "build");
        Assert.Equal(
            ("hello-1.2.3-1.fc43", task.Id, PullRequestState.Merged, story.Package.Branches["f43"]),
            (build.Nvr, build.TaskId, build.Group.PullRequest?.State, build.CommitSha));
        Assert.Equal(KojiBuildStatus.Running, build.Status);

        await story.World.Koji.FinishAsync(task.Id);
        await story.SettleAsync();
        Assert.Equal(KojiBuildStatus.Success, Assert.Single(await story.BuildsAsync()).Status);
        Assert.Equal("success", Assert.Single(story.Package.Flags(build.CommitSha)).Status);
    }

    [Fact]
    public async Task Messages_that_come_more_than_once_build_nothing_twice()
    {
        await using var story = await Story.BeginAsync(server, Options());
        await story.ReleaseAsync();
        story.World.Bus.Repeats = _ => 2;

        await story.Package.MergePullRequestAsync((await story.OpenPullRequestsAsync())[0].Id);
        await story.SettleAsync();

        Assert.Single(story.World.Koji.Tasks, task => task.Method == "build");
        Assert.Single(await story.BuildsAsync());
    }

    [Fact]
    public async Task A_build_that_fails_is_reported_in_the_issue_repository()
    {
        await using var story = await Story.BeginAsync(server, Options());
        await story.Project.CommitAsync(
            new FileSet { [".packit.yaml"] = $"issue_repository: {story.Project.Url}\n{Config}" }, "Report failures here");
        await story.ReleaseAsync();
        await story.Package.MergePullRequestAsync((await story.OpenPullRequestsAsync())[0].Id);
        await story.SettleAsync();

        await story.World.Koji.FailAsync(Assert.Single(story.World.Koji.Tasks, task => task.Method == "build").Id, log: "error: no such thing");
        await story.SettleAsync();

        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal("[packit] Fedora Koji build failed: hello", issue.Title);
        Assert.Contains("error: no such thing", issue.Body, StringComparison.Ordinal);
        Assert.Equal(KojiBuildStatus.Failure, Assert.Single(await story.BuildsAsync()).Status);
    }

    [Fact]
    public async Task A_packager_asks_for_a_build_again_and_others_are_told_that_they_may_not()
    {
        await using var story = await Story.BeginAsync(server, Options());
        await story.ReleaseAsync();
        var pull = (await story.OpenPullRequestsAsync())[0].Id;
        await story.Package.MergePullRequestAsync(pull);
        await story.SettleAsync();
        await story.World.Koji.FailAsync(Assert.Single(story.World.Koji.Tasks, task => task.Method == "build").Id);
        await story.SettleAsync();

        story.Package.Comment(pull, "stranger", "/packit koji-build");
        await story.SettleAsync();
        Assert.Single(await story.BuildsAsync());
        story.Package.Comment(pull, "packager", "/packit koji-build");
        await story.SettleAsync();

        Assert.Equal([KojiBuildStatus.Failure, KojiBuildStatus.Running], (await story.BuildsAsync()).Select(build => build.Status));
        var answers = (await story.Package.PullRequestsAsync())[0].Comments.Where(comment => comment is { Author: "packit", Notification: false }).ToList();
        Assert.StartsWith("Only packagers can give this command here", answers[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("The task was accepted.", answers[1].Text, StringComparison.Ordinal);
        Assert.Equal(2, answers.Count);
    }

    private static StoryOptions Options() => new() { Branches = ["rawhide", "f43"], Config = Config };
}
