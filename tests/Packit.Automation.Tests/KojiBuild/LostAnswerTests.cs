using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Engine;
using Packit.Automation.KojiBuild;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Koji;
using Packit.Sandbox.Hosting;
using Packit.Sandbox.Koji;
using Packit.TestSupport;

namespace Packit.Automation.Tests.KojiBuild;

/// <summary>Whatever is lost, and whoever works at the same time: a commit is built once.</summary>
public sealed class LostAnswerTests(PostgresServer server)
{
    private const string Config = """
        jobs:
        - job: koji_build
          trigger: commit
          dist_git_branches: [fedora-all]
          allowed_committers: [maint]
        """;

    [Fact]
    public async Task A_build_whose_answer_was_lost_is_found_and_not_made_again()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        story.World.Faults.Add(new Fault { Server = Servers.Koji, Call = "build", Kind = new FaultKind.EffectThenCut() });

        await story.PushAsync("1.1");
        await story.WorkAsync();
        Assert.Equal((KojiBuildStatus.Retry, "KOJI_ANSWER_LOST"), await StateAsync(story));
        story.Time.Advance(TimeSpan.FromMinutes(1));
        await story.WorkAsync();

        Assert.Equal((KojiBuildStatus.Pending, Assert.Single(story.Asked).Id), ((await story.BuildAsync()).Status, (await story.BuildAsync()).TaskId));
    }

    [Fact]
    public async Task A_call_that_never_arrived_is_made_again_when_it_cannot_arrive_any_more()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        story.World.Faults.Add(new Fault { Server = Servers.Koji, Call = "build", Kind = new FaultKind.CutConnection() });

        await story.PushAsync("1.1");
        await story.WorkAsync();
        var intended = (await story.BuildAsync()).IntendedAt!.Value;
        while (story.Time.GetUtcNow() - intended < KojiBuildWork.LostCallTime - TimeSpan.FromSeconds(10))
        {
            Assert.Empty(story.Asked);
            story.Time.Advance(TimeSpan.FromSeconds(10));
            await story.WorkAsync();
        }

        story.Time.Advance(TimeSpan.FromMinutes(2));
        await story.WorkAsync();

        Assert.Single(story.Asked);
        Assert.Equal(story.Asked[0].Id, (await story.BuildAsync()).TaskId);
    }

    [Fact]
    public async Task What_a_worker_asked_for_before_it_died_is_found_by_the_next_one()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var sha = await story.PushAsync("1.1");
        var rows = story.Get<KojiBuildRows>();
        var id = (await story.BuildAsync()).Id;
        Assert.True(await rows.TryBeginAsync(id, "the dead", CancellationToken.None));
        Assert.Null(await rows.ClaimAsync(id, "hello-1.1-1.fc43", CancellationToken.None));
        Assert.True(await rows.IntendAsync(id, "the dead", "hello-1.1-1.fc43", CancellationToken.None));
        var source = ScmUrl.Of(story.Get<DistGitAddresses>().Main("hello").Url, sha);
        var task = await story.Get<KojiClient>().StartBuildAsync(new KojiBuildRequest(source, "f43-candidate"), CancellationToken.None);

        await story.WorkAsync();
        Assert.Null((await story.BuildAsync()).TaskId);
        story.Time.Advance(KojiBuildRows.Lease + TimeSpan.FromSeconds(1));
        await story.SweepAsync();

        Assert.Equal(task, (await story.BuildAsync()).TaskId);
        Assert.Single(story.Asked);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Two_deliveries_of_one_commit_on_two_nodes_make_one_build(DatabaseProvider provider)
    {
        await using var story = await BuildStory.BeginAsync(server, Config, provider: provider);
        var sha = await story.PushAsync("1.1");
        var message = story.World.Bus.History.Last(message => message.Topic.EndsWith("git.receive", StringComparison.Ordinal));
        await story.ReadAsync(await story.StoreAsync("told again under another id", message.Topic, System.Text.Encoding.UTF8.GetBytes(message.Body)));
        var builds = await story.BuildsAsync();
        Assert.Equal([sha, sha], builds.Select(build => build.CommitSha));
        await using var other = story.AnotherNode(new NotedQueue());

        await story.PatientlyAsync(Task.WhenAll(
            story.Handler(KojiBuildJob.Kind).RunAsync(builds[0].Id, CancellationToken.None),
            other.GetServices<IJobHandler>().Single(handler => handler.Kind == KojiBuildJob.Kind).RunAsync(builds[1].Id, CancellationToken.None)));

        Assert.Single(story.Asked);
        Assert.Equal([KojiBuildStatus.Pending, KojiBuildStatus.Skipped], (await story.BuildsAsync()).Select(build => build.Status).Order());
    }

    [Fact]
    public async Task Two_nodes_at_one_row_make_one_build()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        await story.PushAsync("1.1");
        var id = (await story.BuildAsync()).Id;
        await using var other = story.AnotherNode(new NotedQueue());

        await story.PatientlyAsync(Task.WhenAll(
            story.Handler(KojiBuildJob.Kind).RunAsync(id, CancellationToken.None),
            other.GetServices<IJobHandler>().Single(handler => handler.Kind == KojiBuildJob.Kind).RunAsync(id, CancellationToken.None)));

        Assert.Equal(Assert.Single(story.Asked).Id, (await story.BuildAsync()).TaskId);
    }

    [Fact]
    public async Task A_delivery_that_is_read_twice_makes_one_scratch_build()
    {
        await using var story = await BuildStory.BeginAsync(server, Config + "\n  scratch: true\n");
        await story.PushAsync("1.1");
        var message = story.World.Bus.History.Last(message => message.Topic.EndsWith("git.receive", StringComparison.Ordinal));

        await story.ReadAsync(await story.StoreAsync(message.Id, message.Topic, System.Text.Encoding.UTF8.GetBytes(message.Body)));
        await story.WorkAsync();
        await story.HearAsync();
        await story.Koji.FinishAsync(Assert.Single(story.Asked).Id);
        await story.HearAsync();
        await story.WorkAsync();

        var build = await story.BuildAsync();
        Assert.Equal((KojiBuildStatus.Success, true), (build.Status, build.Scratch));
    }

    [Fact]
    public async Task A_build_of_somebody_else_stands_and_is_linked()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var foreign = story.Koji.AddForeignBuild("hello-1.1-1.fc43", "maint", "f43-candidate");

        await story.PushAsync("1.1");
        await story.WorkAsync();

        var build = await story.BuildAsync();
        Assert.Equal((KojiBuildStatus.Skipped, foreign.Id, foreign.TaskId), (build.Status, (int?)build.BuildId, (int?)build.TaskId));
        Assert.Equal("hello-1.1-1.fc43 was built by maint already. To build again, raise the release of the package.", build.Message);
    }

    [Fact]
    public async Task A_build_that_failed_does_not_stand_in_the_way()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        story.Koji.AddForeignBuild("hello-1.1-1.fc43", "maint", "f43-candidate", state: HubBuildState.Failed);
        var before = story.Asked.Count;

        await story.PushAsync("1.1");
        await story.WorkAsync();

        Assert.Equal(before + 1, story.Asked.Count);
    }

    private static async Task<(KojiBuildStatus, string?)> StateAsync(BuildStory story)
    {
        var build = await story.BuildAsync();
        return (build.Status, build.FailureCode);
    }
}
