using System.Globalization;
using System.Net;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>GitHub's limits and its outages delay work; they lose nothing and make nothing twice.</summary>
public sealed class LimitStories(PostgresServer server)
{
    private const string Config = """
        specfile_path: hello.spec
        downstream_package_name: hello
        upstream_tag_template: v{version}
        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches: rawhide

        """;

    // Nothing waits within a call, so that all of the waiting is in rows and the story can step through it.
    private static StoryOptions Paced() => new()
    {
        Branches = ["rawhide"], ConfiguredBranches = "rawhide", Paced = true, Stepped = true, Settings = new Dictionary<string, string?> { ["GitHub:Limits:LongestWaitSeconds"] = "0" },
    };

    [Fact]
    public async Task Many_commands_at_once_stay_below_every_limit_and_each_is_answered_once()
    {
        await using var story = await Story.BeginAsync(server, Paced());
        story.World.GitHub.SecondaryLimits = SecondaryLimits.Documented;
        for (var number = 0; number < 8; number++)
        {
            var issue = await story.Project.OpenIssueAsync("maintainer", string.Create(CultureInfo.InvariantCulture, $"Question {number}"));
            for (var person = 0; person < 3; person++)
            {
                var login = string.Create(CultureInfo.InvariantCulture, $"person-{number}-{person}");
                story.World.GitHub.AddAccount(login);
                story.Project.SetPermission(login, "write");
                await story.Project.CommentAsync(issue, login, "/packit help");
            }
        }

        await PassAsync(story, TimeSpan.FromMinutes(1), () => Answers(story) == 24);

        Assert.Equal(24, Answers(story));
        Assert.All(story.Project.Issues(), issue => Assert.Equal(3, issue.Comments.Count(comment => comment.Author == story.Bot)));
        Assert.Empty(Refused(story));
        await AssertReadAsync(story);
    }

    [Fact]
    public async Task A_release_to_many_branches_shows_the_end_of_each_within_seconds()
    {
        string[] branches = ["rawhide", "f43", "f42", "f41", "f40", "epel10", "epel9", "epel8"];
        await using var story = await Story.BeginAsync(server, Paced() with { Branches = branches, ConfiguredBranches = $"[{string.Join(", ", branches)}]" });
        story.World.GitHub.SecondaryLimits = SecondaryLimits.Documented;

        await story.ReleaseAsync();
        for (var seconds = 0; seconds < 30; seconds++)
        {
            await story.ForwardAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(branches.Order(), story.Project.CheckRuns().Where(check => check.Conclusion == "success").Select(check => check.Name.Split(':')[1]).Order());
        Assert.Empty(Refused(story));
    }

    [Fact]
    public async Task Many_releases_at_once_stay_below_every_limit_and_all_are_proposed()
    {
        await using var story = await Story.BeginAsync(server, Paced());
        story.World.GitHub.SecondaryLimits = SecondaryLimits.Documented with { ContentPerMinute = 30, PointsPerMinute = 400 };
        var projects = new List<UpstreamProject>();
        for (var number = 0; number < 8; number++)
        {
            projects.Add(await AddProjectAsync(story, string.Create(CultureInfo.InvariantCulture, $"many-{number}")));
        }

        foreach (var project in projects)
        {
            await project.PublishReleaseAsync("v1.2.3");
        }

        await PassAsync(story, TimeSpan.FromMinutes(1), async () =>
            (await story.TargetsAsync()).Count(target => target.Status == SyncReleaseTargetStatus.Submitted) == 8
            && projects.All(project => project.CheckRuns().Any(run => run.Conclusion == "success")));

        Assert.Empty(Refused(story));
        Assert.All(projects, project => Assert.Equal("success", Assert.Single(project.CheckRuns()).Conclusion));
        Assert.All(projects, project => Assert.Empty(project.Issues()));
        Assert.All(await story.TargetsAsync(), target => Assert.Equal((SyncReleaseTargetStatus.Submitted, 0), (target.Status, target.Retries)));
    }

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task A_low_budget_delays_what_nobody_waits_for_until_GitHub_gives_more(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide", Provider = provider, Stepped = true });
        story.World.GitHub.UseAllBut(Story.Owner, 450);

        await story.Project.PushAsync(new FileSet { [".packit.yaml"] = Config }, "Change the config");
        await story.SettleAsync();

        Assert.Empty(story.Project.CheckRuns());
        await story.UntilAsync(async () => (await PageAsync(story, "limits")).Contains("Work that nobody waits for is delayed until ", StringComparison.Ordinal));
        Assert.Contains("Work for one GitHub installation is delayed", await PageAsync(story, ""), StringComparison.Ordinal);

        await story.ReleaseAsync();
        Assert.Equal("success", story.Check("rawhide").Conclusion);
        Assert.DoesNotContain(story.Project.CheckRuns(), run => run.Name == "packit:config");

        await story.ForwardAsync(TimeSpan.FromMinutes(62));

        Assert.Equal("success", Assert.Single(story.Project.CheckRuns(), run => run.Name == "packit:config").Conclusion);
        Assert.DoesNotContain("is delayed until", await PageAsync(story, "limits"), StringComparison.Ordinal);
        Assert.DoesNotContain("is delayed by GitHub", await PageAsync(story, ""), StringComparison.Ordinal);
        Assert.Empty(Refused(story));
    }

    [Fact]
    public async Task The_last_requests_of_the_hour_are_not_spent_and_the_release_goes_on_after_it()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide", Stepped = true });
        story.World.GitHub.UseAllBut(Story.Owner, 101);

        await story.ReleaseAsync();

        Assert.Empty(await story.OpenPullRequestsAsync());
        await story.UntilAsync(async () => (await PageAsync(story, "limits")).Contains("is delayed until ", StringComparison.Ordinal));

        await story.ForwardAsync(TimeSpan.FromMinutes(62));
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        Assert.Empty(Refused(story));
        await AssertProposedOnceAsync(story);
    }

    [Theory]
    [InlineData(403, 120)]
    [InlineData(429, 300)]
    [InlineData(403, null)]
    public async Task A_secondary_limit_makes_the_service_pause_and_nothing_is_lost_or_made_twice(int status, int? seconds)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide", Stepped = true });
        story.World.GitHub.RefuseFor(
            TimeSpan.FromSeconds(90),
            new SecondaryLimits { Status = status, RetryAfter = seconds is { } asked ? TimeSpan.FromSeconds(asked) : null });

        await story.ReleaseAsync();
        var refused = Refused(story).Count;
        Assert.InRange(refused, 1, 3);
        await story.UntilAsync(async () => (await PageAsync(story, "limits")).Contains("because GitHub asked to slow down", StringComparison.Ordinal));

        await story.ForwardAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(refused, Refused(story).Count);
        for (var minute = 0; minute < 10; minute++)
        {
            await story.ForwardAsync(TimeSpan.FromMinutes(2));
        }

        await AssertProposedOnceAsync(story);
    }

    [Fact]
    public async Task A_branch_that_is_put_off_says_so_and_uses_up_no_attempt()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions
        {
            Branches = ["rawhide"], ConfiguredBranches = "rawhide", Stepped = true, MoreConfig = "copy_upstream_release_description: true",
        });
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, Method = "GET", PathContains = "/releases/tags/", After = 1, Times = 1,
            Kind = new FaultKind.Status(429, """{"message":"You have exceeded a secondary rate limit."}""", new Dictionary<string, string> { ["retry-after"] = "600" }),
        });

        await story.ReleaseAsync();
        var put = await story.TargetAsync("rawhide");
        Assert.Equal((SyncReleaseTargetStatus.Retry, "REMOTE_LIMIT", 1, 0), (put.Status, put.FailureCode, put.Delays, put.Retries));
        var page = await ReleasePage.ReadAsync(story);
        Assert.Contains("Is delayed because a service asked to slow down; goes on at ", page.Next, StringComparison.Ordinal);
        await story.UntilAsync(async () => (await PageAsync(story, $"jobs/propose-downstream/{put.Id}")).Contains("Work is delayed until ", StringComparison.Ordinal));

        await story.ForwardAsync(TimeSpan.FromMinutes(11));

        await AssertProposedOnceAsync(story);
    }

    [Fact]
    public async Task A_release_of_a_day_on_which_GitHub_was_away_is_proposed_afterwards()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide", Stepped = true });
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, Times = int.MaxValue, Kind = new FaultKind.Status((int)HttpStatusCode.BadGateway, "<html>Unicorn!</html>") });
        await story.ReleaseAsync();
        for (var hour = 0; hour < 24; hour += 3)
        {
            await story.ForwardAsync(TimeSpan.FromHours(3));
        }

        await using (var database = story.Database())
        {
            var waiting = Assert.Single(database.Deliveries.Where(row => row.State == DeliveryState.Received));
            Assert.Contains("Tried again at ", waiting.Outcome, StringComparison.Ordinal);
            Assert.Contains($"until {waiting.ReceivedAt.AddDays(3).UtcDateTime:yyyy-MM-dd HH:mm} UTC.", waiting.Outcome, StringComparison.Ordinal);
        }

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(16));

        await AssertProposedOnceAsync(story);
    }

    private static async Task<UpstreamProject> AddProjectAsync(Story story, string name)
    {
        var spec = $"Name: {name}\nVersion: 1.0.0\nRelease: 1%{{?dist}}\nSummary: One of many\nLicense: MIT\n\n%description\nOne of many.\n\n%changelog\n";
        await story.World.CreatePackageAsync(name, ["rawhide"], new FileSet { [$"{name}.spec"] = spec }, ["packager"]);
        var config = Config.Replace("hello", name, StringComparison.Ordinal);
        var project = await story.World.CreateUpstreamAsync(Story.Owner, name, new FileSet { [".packit.yaml"] = config, [$"{name}.spec"] = spec });
        await story.Service.AgreeAsync(project, name);
        return project;
    }

    private static async Task AssertProposedOnceAsync(Story story)
    {
        Assert.All(await story.TargetsAsync(), target => Assert.Equal((SyncReleaseTargetStatus.Submitted, target.Message), (target.Status, target.Message)));
        Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal("success", Assert.Single(story.Project.CheckRuns()).Conclusion);
        Assert.Empty(story.Project.Issues());
    }

    private static async Task AssertReadAsync(Story story)
    {
        await using var database = story.Database();
        Assert.All(database.Deliveries.ToList(), row => Assert.Equal(DeliveryState.Handled, row.State));
    }

    private static Task PassAsync(Story story, TimeSpan step, Func<bool> isDone) => PassAsync(story, step, () => Task.FromResult(isDone()));

    private static async Task PassAsync(Story story, TimeSpan step, Func<Task<bool>> isDone)
    {
        await story.SettleAsync();
        for (var steps = 0; steps < 60 && !await isDone(); steps++)
        {
            await story.ForwardAsync(step);
        }
    }

    private static int Answers(Story story) => story.Project.Issues().Sum(issue => issue.Comments.Count(comment => comment.Author == story.Bot));

    private static IReadOnlyList<RequestRecord> Refused(Story story) =>
        [.. story.World.Requests.Find(Servers.GitHubApi).Where(request => request.Status is 403 or 429)];

    private static async Task<string> PageAsync(Story story, string path)
    {
        using var http = HttpClients.Create(new HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        return await http.GetStringAsync(new Uri(story.Service.Address, path));
    }
}
