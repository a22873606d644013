using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A remote is away, slow or confused for a while: the release waits, says so, and ends well.</summary>
public sealed class TroubleStories(PostgresServer server)
{
    private const string Retried = "Propose downstream is being retried because a service did not answer as it should. Next attempt at ";

    [Theory]
    [InlineData(Servers.GitHubWeb, "info/refs", "503")]
    [InlineData(Servers.GitHubWeb, "git-upload-pack", "cut")]
    [InlineData(Servers.Pagure, "git-upload-pack", "500")]
    [InlineData(Servers.Pagure, "git-upload-pack", "half")]
    [InlineData(Servers.Pagure, "git-receive-pack", "502")]
    [InlineData(Servers.Pagure, "git-receive-pack", "cut")]
    [InlineData(Servers.Pagure, "/api/0/fork", "502")]
    [InlineData(Servers.Pagure, "/pull-request/new", "500")]
    [InlineData(Servers.Pagure, "/pull-request/new", "cut")]
    [InlineData(Servers.Lookaside, "upload.cgi", "503")]
    [InlineData(Servers.Lookaside, "upload.cgi", "cut")]
    public async Task A_release_outlives_a_remote_that_is_away(string remote, string path, string trouble)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault { Server = remote, PathContains = path, Times = int.MaxValue, Kind = Kind(trouble) });

        await story.ReleaseAsync();

        foreach (var branch in story.Options.Branches)
        {
            Assert.Equal("queued", story.Check(branch).Status);
            Assert.StartsWith(Retried, story.Check(branch).Title, StringComparison.Ordinal);
            var target = await story.TargetAsync(branch);
            Assert.Equal(FailureKind.Transient, target.FailureKind);
            Assert.Contains($"{target.NextAttemptAt:yyyy-MM-dd HH:mm} UTC", story.Check(branch).Title, StringComparison.Ordinal);
        }

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromSeconds(11));

        await AssertEndedWellAsync(story);
    }

    [Theory]
    [InlineData("/releases/tags/")]
    [InlineData("/access_tokens")]
    [InlineData("/contents/")]
    [InlineData("/check-runs")]
    public async Task A_release_outlives_an_outage_of_GitHub(string path)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, PathContains = path, Times = int.MaxValue, Kind = Kind("502") });

        await story.ReleaseAsync();
        Assert.Contains(story.World.Requests.Find(Servers.GitHubApi, pathContains: path), request => request.Status == 502);
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        await AssertEndedWellAsync(story);
    }

    [Fact]
    public async Task A_delivery_waits_for_dist_git_which_tells_its_branches()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, PathContains = "/git/branches", Times = int.MaxValue, Kind = Kind("503") });

        await story.ReleaseAsync();
        Assert.Empty(story.Project.CheckRuns());
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        await AssertEndedWellAsync(story);
    }

    [Fact]
    public async Task Bodhi_may_be_away_when_its_releases_were_read_before()
    {
        await using var story = await Story.BeginAsync(server);
        await story.ReleaseAsync("v1.0.0");
        story.World.Faults.Add(new Fault { Server = Servers.Bodhi, Times = int.MaxValue, Kind = Kind("503") });
        story.Time.Forward(TimeSpan.FromHours(2));
        await story.RestartAsync();

        await story.ReleaseAsync();

        Assert.Equal(
            ["Update f42 to upstream release 1.2.3", "Update f43 to upstream release 1.2.3", "Update rawhide to upstream release 1.2.3"],
            (await story.OpenPullRequestsAsync()).Select(pull => pull.Title).Order(StringComparer.Ordinal));
        Assert.Contains(story.World.Requests.Find(Servers.Bodhi), request => request.Status == 503);
    }

    [Theory]
    [InlineData(Servers.GitHubApi)]
    [InlineData(Servers.GitHubWeb)]
    [InlineData(Servers.Pagure)]
    [InlineData(Servers.Lookaside)]
    [InlineData(Servers.Archives)]
    public async Task A_slow_remote_makes_a_release_slow_and_nothing_else(string remote)
    {
        await using var story = await Story.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = remote, Times = 12, Kind = new FaultKind.Delay(TimeSpan.FromMilliseconds(300)) });

        await story.ReleaseAsync();

        Assert.All(await story.TargetsAsync(), target => Assert.Equal(0, target.Retries));
        await AssertEndedWellAsync(story);
    }

    [Fact]
    public async Task A_cut_download_is_begun_anew()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault { Server = Servers.Archives, Times = int.MaxValue, Kind = new FaultKind.CutAfter(20) });

        await story.ReleaseAsync();
        Assert.All(await story.TargetsAsync(), target => Assert.Equal("ARCHIVE_NOT_THERE", target.FailureCode));
        Assert.Empty(story.World.Lookaside.Files("hello"));

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        await AssertEndedWellAsync(story);
    }

    [Fact]
    public async Task Branches_that_need_the_fork_at_the_same_time_make_one()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, PathContains = "/api/0/fork", Times = int.MaxValue, Kind = Kind("502") });
        await story.ReleaseAsync();
        story.World.Faults.Clear();

        story.Time.Forward(TimeSpan.FromSeconds(11));
        await story.Queue.RunDueTogetherAsync();
        await story.ForwardAsync(TimeSpan.FromSeconds(31));

        await AssertEndedWellAsync(story);
    }

    [Fact]
    public async Task A_remote_that_never_comes_back_ends_the_release_after_twelve_hours_with_one_issue()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault { Server = Servers.Lookaside, Times = int.MaxValue, Kind = Kind("503") });

        await story.ReleaseAsync();
        for (var attempt = 2; attempt <= 12; attempt++)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        Assert.All(await story.TargetsAsync(), target => Assert.Equal((SyncReleaseTargetStatus.Retry, 12), (target.Status, target.Attempts)));
        Assert.Empty(story.Project.Issues());
        await story.ForwardAsync(TimeSpan.FromHours(2));

        Assert.All(await story.TargetsAsync(), target => Assert.Equal((SyncReleaseTargetStatus.Error, "REMOTE_AWAY"), (target.Status, target.FailureCode)));
        Assert.All(story.Options.Branches, branch => Assert.Equal("failure", story.Check(branch).Conclusion));
        var issue = Assert.Single(story.Project.Issues());
        Assert.Empty(issue.Comments);
        Assert.All(story.Options.Branches, branch => Assert.Contains($"<code>{branch}</code>", issue.Body, StringComparison.Ordinal));
        Assert.Empty(await story.OpenPullRequestsAsync());
        Assert.Empty(story.Package.ForkBranches());
    }

    private static FaultKind Kind(string trouble) => trouble switch
    {
        "cut" => new FaultKind.CutConnection(),
        "half" => new FaultKind.CutAfter(40),
        _ => new FaultKind.Status(int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture), "<html>Bad day</html>"),
    };

    private static async Task AssertEndedWellAsync(Story story)
    {
        Assert.All(await story.TargetsAsync(), target => Assert.Equal((SyncReleaseTargetStatus.Submitted, target.Message), (target.Status, target.Message)));
        Assert.Equal(3, (await story.Package.PullRequestsAsync()).Count);
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Select(pull => pull.Branch).Distinct().Count());
        Assert.Equal(3, story.Project.CheckRuns().Count);
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
        Assert.Empty(story.Project.Issues());
    }
}
