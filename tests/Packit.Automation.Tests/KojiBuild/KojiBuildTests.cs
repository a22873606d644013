using Packit.Automation.KojiBuild;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.KojiBuild;

/// <summary>From a push to a build, and to its end.</summary>
public sealed class KojiBuildTests(PostgresServer server)
{
    private const string Config = """
        jobs:
        - job: koji_build
          trigger: commit
          dist_git_branches: [fedora-all]
        """;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_merged_pull_request_is_built_to_its_end(DatabaseProvider provider)
    {
        await using var story = await BuildStory.BeginAsync(server, Config, provider: provider);

        var (number, head) = await story.MergeAsync("1.1");
        await story.WorkAsync();

        var task = Assert.Single(story.Asked);
        Assert.Contains($"rpms/hello.git#{head}", task.Request, StringComparison.Ordinal);
        Assert.Contains("f43-candidate", task.Request, StringComparison.Ordinal);
        var pending = await story.BuildAsync();
        Assert.Equal((KojiBuildStatus.Pending, task.Id, "hello-1.1-1.fc43", number), (pending.Status, pending.TaskId, pending.Nvr, pending.Group.ProjectEvent.PrId));
        Assert.Equal($"{story.World.KojiWeb}taskinfo?taskID={task.Id}", pending.WebUrl);
        Assert.Equal("pending", Assert.Single(story.Package.Flags(head)).Status);

        await story.HearAsync();
        await story.WorkAsync();
        Assert.Equal(KojiBuildStatus.Running, (await story.BuildAsync()).Status);

        await story.Koji.FinishAsync(task.Id);
        await story.HearAsync();
        await story.WorkAsync();
        var done = await story.BuildAsync();
        Assert.Equal((KojiBuildStatus.Success, KojiBuildStatus.Success), (done.Status, done.Reported));
        Assert.Contains("x86_64", done.BuildLogs, StringComparison.Ordinal);
        Assert.NotNull(done.BuildId);
        Assert.NotNull(done.BuildFinishedTime);
        Assert.Equal("success", Assert.Single(story.Package.Flags(head)).Status);
    }

    [Fact]
    public async Task A_push_to_rawhide_is_built_for_rawhide()
    {
        await using var story = await BuildStory.BeginAsync(server, Config + "\n  allowed_committers: [maint]\n");

        await story.PushAsync("1.1", "rawhide");
        await story.WorkAsync();

        Assert.Equal("rawhide", (await story.BuildAsync()).BuildTarget);
        Assert.Single(story.Asked);
    }

    [Fact]
    public async Task A_build_whose_messages_are_lost_is_found_by_asking()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        await story.MergeAsync("1.1");
        await story.WorkAsync();
        story.World.Bus.Loses = message => message.Topic.Contains("buildsys", StringComparison.Ordinal);
        await story.Koji.FinishAsync(story.Asked[0].Id);
        await story.HearAsync();
        await story.SweepAsync();
        Assert.Equal(KojiBuildStatus.Pending, (await story.BuildAsync()).Status);

        story.Time.Advance(TimeSpan.FromMinutes(1));
        await story.SweepAsync();

        Assert.Equal(KojiBuildStatus.Success, (await story.BuildAsync()).Status);
    }

    [Fact]
    public async Task A_build_that_fails_says_where_and_shows_the_end_of_the_log()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var (_, head) = await story.MergeAsync("1.1");
        await story.WorkAsync();

        await story.Koji.FailAsync(story.Asked[0].Id, log: "make: *** no rule to make target 'hello'");
        await story.HearAsync();
        await story.WorkAsync();

        var failed = await story.BuildAsync();
        Assert.Equal((KojiBuildStatus.Failure, "BUILD_FAILED", "build.log"), (failed.Status, failed.FailureCode, failed.FailedLog));
        Assert.Contains("no rule to make target", failed.LogTail, StringComparison.Ordinal);
        Assert.Equal("failure", Assert.Single(story.Package.Flags(head)).Status);
    }

    [Fact]
    public async Task A_canceled_build_is_told_and_a_late_message_changes_nothing()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var (_, head) = await story.MergeAsync("1.1");
        await story.WorkAsync();

        await story.Koji.CancelAsync(story.Asked[0].Id);
        await story.HearAsync();
        await story.WorkAsync();

        Assert.Equal(KojiBuildStatus.Canceled, (await story.BuildAsync()).Status);
        Assert.Equal("canceled", Assert.Single(story.Package.Flags(head)).Status);
    }

    [Fact]
    public async Task The_same_build_is_not_made_again_but_after_a_failure_it_is()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var number = await story.ProposeAsync("1.1");
        await story.Package.MergePullRequestAsync(number);
        await story.HearAsync();
        await story.WorkAsync();
        await story.Koji.FinishAsync(story.Asked[0].Id);
        await story.HearAsync();
        await story.WorkAsync();

        story.Package.Comment(number, "maint", "/packit koji-build");
        await story.HearAsync();
        await story.WorkAsync();

        var again = (await story.BuildsAsync())[1];
        Assert.Equal((KojiBuildStatus.Skipped, story.Asked[0].Id), (again.Status, again.TaskId));
        Assert.Single(story.Asked);
    }

    [Fact]
    public async Task A_build_that_koji_puts_back_into_its_queue_is_asked_for_at_the_usual_pauses()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        await story.MergeAsync("1.1");
        await story.WorkAsync();
        var rows = story.Get<KojiWatchRows>();
        await rows.MoveAsync(await story.BuildAsync(), new KojiBuildProgress { Status = KojiBuildStatus.Running }, CancellationToken.None);
        story.Time.Advance(TimeSpan.FromMinutes(3));

        var due = Assert.Single(await rows.DueAsync(10, CancellationToken.None));
        Assert.False(await rows.MoveAsync(due, new KojiBuildProgress { Status = KojiBuildStatus.Pending }, CancellationToken.None));

        Assert.Empty(await rows.DueAsync(10, CancellationToken.None));
        Assert.Equal((KojiBuildStatus.Running, due.Checks + 1), ((await story.BuildAsync()).Status, (await story.BuildAsync()).Checks));
    }
}
