using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>The service is killed when Koji or Bodhi has done what it was asked for, and before it knows.</summary>
public sealed class ChainCrashStories(PostgresServer server)
{
    /// <summary>How long a dead worker is believed alive, and a bit.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(3);

    private static readonly Dictionary<string, string?> Brisk = new()
    {
        ["Messaging:PollInterval"] = "00:00:01", ["Engine:PollInterval"] = "00:00:01", ["Engine:SweepInterval"] = "00:00:01",
    };

    private static readonly StoryOptions Options = Chain.OneBranch with { Stepped = false, ReadsBack = true, Settings = Brisk };

    [Fact]
    public async Task A_build_whose_task_id_died_with_the_service_is_found_and_not_built_twice()
    {
        await using var story = await Chain.BeginAsync(server, Options);
        story.World.Faults.Add(new Fault { Server = Servers.Koji, Call = "build", Kind = new FaultKind.EffectThenSilence(TimeSpan.FromMinutes(1)) });
        await story.ReleaseAsync();
        await using (var process = await story.HandOverAsync())
        {
            await story.Package.MergePullRequestAsync(Assert.Single(await story.OpenPullRequestsAsync()).Id);
            await UntilAsync(() => Chain.Tasks(story).Count > 0, process);
            await process.KillAsync();
        }

        await TakeUpAsync(story);
        await story.UntilAsync(async () => (await story.BuildsAsync()).Single().TaskId is not null);

        Assert.Equal(Chain.Task(story).Id, Assert.Single(await story.BuildsAsync()).TaskId);
        await story.World.Koji.FinishAsync(Chain.Task(story).Id);
        await story.UntilAsync(async () => (await story.UpdatesAsync()).Any(update => update.Status == BodhiUpdateStatus.Success));
        await AssertEndedWellAsync(story);
    }

    [Fact]
    public async Task An_update_whose_alias_died_with_the_service_is_found_and_not_made_twice()
    {
        await using var story = await Chain.BeginAsync(server, Options);
        story.World.Faults.Add(
            new Fault { Server = Servers.Bodhi, Method = "POST", PathContains = "/updates", Kind = new FaultKind.EffectThenSilence(TimeSpan.FromMinutes(1)) });
        var task = await Chain.BuildAsync(story);
        await using (var process = await story.HandOverAsync())
        {
            await story.World.Koji.FinishAsync(task.Id);
            await UntilAsync(() => story.World.Bodhi.Updates.Count > 0, process);
            await process.KillAsync();
        }

        await TakeUpAsync(story);

        // It is ours and not somebody else's: only its answer was lost.
        await story.UntilAsync(async () => (await story.UpdatesAsync()).Single().Status == BodhiUpdateStatus.Success);
        await AssertEndedWellAsync(story);
    }

    /// <summary>Another process of the service takes over.</summary>
    private static Task TakeUpAsync(Story story)
    {
        story.Time.Forward(Believed);
        return story.RestartAsync();
    }

    private static async Task UntilAsync(Func<bool> done, ServiceProcess process)
    {
        for (var round = 0; !done(); round++)
        {
            Assert.True(round < 600, $"It did not come to that: {process.Said}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task AssertEndedWellAsync(Story story)
    {
        Assert.Single(Chain.Tasks(story));
        Assert.Single(story.World.Koji.Builds);
        var build = Assert.Single(await story.BuildsAsync());
        Assert.Equal((KojiBuildStatus.Success, Chain.Nvr), (build.Status, build.Nvr));
        Assert.Equal("success", Assert.Single(story.Package.Flags(build.CommitSha)).Status);
        var update = Assert.Single(await story.UpdatesAsync());
        Assert.Equal((BodhiUpdateStatus.Success, Assert.Single(story.World.Bodhi.Updates).Alias), (update.Status, update.Alias));
        Assert.Equal("Pull request: done, Merge: done, Build: done, Update: done, Stable: in progress", (await ReleasePage.ReadAsync(story)).Branches["f43"].Way);
    }
}
