using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A remote goes away for hours in the middle of a release. Nothing is given up, nothing is done twice, and what is waited for is shown.</summary>
public sealed class OutageStories(PostgresServer server)
{
    [Fact]
    public async Task Pagure_is_away_for_five_hours_in_the_middle_of_a_release_and_the_pull_requests_are_there_once()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(Away(Servers.Pagure, "/pull-request/new"));
        await story.ReleaseAsync();
        story.World.Faults.Add(Away(Servers.Pagure));

        await PassAsync(story, TimeSpan.FromHours(5));

        foreach (var branch in story.Options.Branches)
        {
            var waiting = await story.TargetAsync(branch);
            Assert.Equal((SyncReleaseTargetStatus.Retry, "REMOTE_AWAY", waiting.Attempts), (waiting.Status, waiting.FailureCode, waiting.Delays));
            Assert.InRange(waiting.Attempts, 15, 40);
            var check = story.Check(branch);
            Assert.Equal("queued", check.Status);
            Assert.Equal(
                $"Propose downstream is being retried because a service did not answer as it should. Next attempt at {waiting.NextAttemptAt:yyyy-MM-dd HH:mm} UTC.",
                check.Title);
            Assert.Contains(" does not answer as it should: ", check.Summary, StringComparison.Ordinal);
            Assert.Contains("502", check.Summary, StringComparison.Ordinal);
            Assert.Contains($"It is tried again until {waiting.AwaySince + TimeSpan.FromHours(12):yyyy-MM-dd HH:mm} UTC.", check.Summary, StringComparison.Ordinal);
        }

        Assert.Contains("Waits for a service that did not answer as it should, next attempt ", (await ReleasePage.ReadAsync(story)).Next, StringComparison.Ordinal);
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(16));

        var pulls = await story.Package.PullRequestsAsync();
        Assert.Equal(["f42", "f43", "rawhide"], pulls.Select(pull => pull.Branch).Order(StringComparer.Ordinal));
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
        Assert.All(await story.TargetsAsync(), target => Assert.Null(target.AwaySince));
        Assert.Empty(story.Project.Issues());
    }

    [Fact]
    public async Task Koji_is_away_for_five_hours_between_merge_and_build_and_the_build_is_begun_once()
    {
        await using var story = await Chain.BeginAsync(server);
        await story.ReleaseAsync();
        story.World.Koji.IsOffline = true;
        await Chain.MergeAsync(story);

        await PassAsync(story, TimeSpan.FromHours(5));

        var waiting = Assert.Single(await story.BuildsAsync());
        Assert.Equal((KojiBuildStatus.Retry, "REMOTE_AWAY", waiting.Attempts), (waiting.Status, waiting.FailureCode, waiting.Delays));
        var row = (await ReleasePage.ReadAsync(story)).Branches["f43"];
        Assert.Contains($"Waits for a service that did not answer as it should, next look {waiting.NextAttemptAt:HH:mm} UTC. Koji does not answer as it should: ", row.Next, StringComparison.Ordinal);
        story.World.Koji.IsOffline = false;
        await story.ForwardAsync(TimeSpan.FromMinutes(16));

        await story.World.Koji.FinishAsync(Chain.Task(story).Id);
        await story.SettleAsync();
        Assert.Equal(KojiBuildStatus.Success, Assert.Single(await story.BuildsAsync()).Status);
        Assert.Equal(BodhiUpdateStatus.Success, Assert.Single(await story.UpdatesAsync()).Status);
    }

    [Fact]
    public async Task Bodhi_is_away_for_five_hours_when_the_build_is_complete_and_the_update_is_made_once()
    {
        await using var story = await Chain.BeginAsync(server);
        var task = await Chain.BuildAsync(story);
        story.World.Faults.Add(Away(Servers.Bodhi));
        await story.World.Koji.FinishAsync(task.Id);
        await story.SettleAsync();

        await PassAsync(story, TimeSpan.FromHours(5));

        var waiting = Assert.Single(await story.UpdatesAsync());
        Assert.Equal((BodhiUpdateStatus.Retry, "REMOTE_AWAY", waiting.Attempts), (waiting.Status, waiting.FailureCode, waiting.Delays));
        var row = (await ReleasePage.ReadAsync(story)).Branches["f43"];
        Assert.Contains($"Waits for a service that did not answer as it should, next look {waiting.NextAttemptAt:HH:mm} UTC. Bodhi does not answer as it should: ", row.Next, StringComparison.Ordinal);
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(16));

        var made = Assert.Single(await story.UpdatesAsync());
        Assert.Equal((BodhiUpdateStatus.Success, null), (made.Status, made.AwaySince));
        Assert.Equal(made.Alias, Assert.Single(story.World.Bodhi.Updates).Alias);
    }

    /// <summary>Time passes in small steps, as it does: whatever is due is done.</summary>
    private static async Task PassAsync(Story story, TimeSpan time)
    {
        var end = story.Time.GetUtcNow() + time;
        while (story.Time.GetUtcNow() < end)
        {
            await story.ForwardAsync(TimeSpan.FromMinutes(10));
        }
    }

    private static Fault Away(string remote, string? path = null) =>
        new() { Server = remote, PathContains = path, Times = int.MaxValue, Kind = new FaultKind.Status(502, "<html>Proxy Error</html>") };
}
