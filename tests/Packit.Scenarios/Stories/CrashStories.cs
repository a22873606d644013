using System.Diagnostics;
using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>The service ends in the middle of its work, politely or not: the next one goes on where it was.</summary>
public sealed class CrashStories(PostgresServer server)
{
    /// <summary>Longer than the first pause after a remote's trouble.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>How long a dead worker is believed alive, and a bit.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(3);

    private static readonly Dictionary<string, string?> Brisk = new() { ["Engine:SweepInterval"] = "00:00:01" };

    [Theory]
    [InlineData(Servers.GitHubApi, "POST", "/check-runs", 1)]
    [InlineData(Servers.Archives, "GET", "hello-1.2.3.tar.gz", 0)]
    [InlineData(Servers.Lookaside, "POST", "upload.cgi", 1)]
    [InlineData(Servers.Pagure, "POST", "/git-receive-pack", 1)]
    [InlineData(Servers.Pagure, "POST", "/pull-request/new", 1)]
    [InlineData(Servers.GitHubApi, "PATCH", "/check-runs/", 4)]
    public async Task A_killed_service_leaves_nothing_undone_and_nothing_twice(string remote, string method, string path, int after)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Settings = Brisk });
        await using (var process = await story.HandOverAsync())
        {
            var reached = Hold(story, remote, method, path, after);
            await story.Project.PublishReleaseAsync("v1.2.3");
            await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await process.KillAsync();
        }

        story.World.Faults.Clear();
        story.Time.Forward(Believed);
        await story.RestartAsync();
        await story.SettleAsync();

        await AssertEndedWellAsync(story);
    }

    [Theory]
    [InlineData(Servers.GitHubApi, "POST", "/check-runs", 0)]
    [InlineData(Servers.Archives, "GET", "hello-1.2.3.tar.gz", 0)]
    [InlineData(Servers.Pagure, "POST", "/pull-request/new", 0)]
    public async Task A_service_that_is_stopped_in_the_middle_is_followed_by_one_that_goes_on(string remote, string method, string path, int after)
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { Settings = new Dictionary<string, string?>(Brisk) { ["Engine:StopGrace"] = "00:00:00", ["Inbox:StopGrace"] = "00:00:00.2" } });
        var reached = Hold(story, remote, method, path, after);
        await story.Project.PublishReleaseAsync("v1.2.3");
        await reached.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await story.Service.DisposeAsync();
        story.World.Faults.Clear();
        story.Time.Forward(Believed);
        await story.RestartAsync();
        await story.SettleAsync();

        await AssertEndedWellAsync(story);
    }

    [Fact]
    public async Task A_service_that_is_started_anew_while_an_archive_is_awaited_goes_on_waiting()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await story.Project.PublishReleaseAsync(new Sandbox.GitHub.ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();

        await story.RestartAsync();
        await story.Project.PublishArchiveAsync("v1.2.3");
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        await AssertEndedWellAsync(story);
        Assert.All(await story.TargetsAsync(), target => Assert.Equal(2, target.Attempts));
    }

    /// <summary>Holds a request until the story ends the troubles; the result says when it has come.</summary>
    private static Task Hold(Story story, string remote, string method, string path, int after)
    {
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var passed = 0;
        story.World.Faults.Add(new Fault
        {
            Server = remote, Method = method, PathContains = path, After = after, Times = int.MaxValue,
            Kind = new FaultKind.Delay(TimeSpan.FromSeconds(30)),
            When = _ =>
            {
                if (Interlocked.Increment(ref passed) > after)
                {
                    come.TrySetResult();
                }

                return true;
            },
        });
        return come.Task;
    }

    private static async Task AssertEndedWellAsync(Story story)
    {
        // Branches that are taken up again all at once may get in each other's way at a remote; then one waits for its next attempt.
        var begun = Stopwatch.StartNew();
        while ((await story.TargetsAsync()).Any(target => target.FinishedTime is null) && begun.Elapsed < Patience)
        {
            await Task.Delay(100);
            await story.SettleAsync();
        }

        Assert.All(await story.TargetsAsync(), target => Assert.Equal((SyncReleaseTargetStatus.Submitted, target.Message), (target.Status, target.Message)));
        var pulls = await story.Package.PullRequestsAsync();
        Assert.Equal(["f42", "f43", "rawhide"], pulls.Select(pull => pull.Branch).Order(StringComparer.Ordinal));
        Assert.All(pulls, pull => Assert.Single(pull.Commits));
        Assert.Single(story.World.Lookaside.Files("hello"));
        Assert.Equal(3, story.Project.CheckRuns().Count);
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
        Assert.Empty(story.Project.Issues());
        Assert.Single(await story.RunsAsync());
    }
}
