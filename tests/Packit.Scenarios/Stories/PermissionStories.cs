using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>GitHub gives the App less than it wants: fewer permissions, fewer requests, nothing at all.</summary>
public sealed class PermissionStories(PostgresServer server)
{
    [Fact]
    public async Task Without_the_right_to_checks_the_states_are_shown_as_commit_statuses()
    {
        await using var story = await Story.BeginAsync(server);
        story.World.GitHub.SetAppPermission(Story.Owner, "checks", "none");

        var commit = await story.ReleaseAsync();

        Assert.Empty(story.Project.CheckRuns());
        foreach (var branch in story.Options.Branches)
        {
            var shown = story.Project.Statuses(commit).Where(status => status.Context == $"propose-downstream:{branch}").ToList();
            Assert.Equal(["pending", "pending", "success"], shown.Select(status => status.State));
            Assert.Equal("Propose downstream finished successfully.", shown[^1].Description);
            Assert.Equal(await story.PageAsync(branch), shown[^1].TargetUrl);
        }

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
    }

    [Fact]
    public async Task Without_the_right_to_checks_and_statuses_the_release_goes_on_unseen()
    {
        await using var story = await Story.BeginAsync(server);
        story.World.GitHub.SetAppPermission(Story.Owner, "checks", "none");
        story.World.GitHub.SetAppPermission(Story.Owner, "statuses", "none");

        await story.ReleaseAsync();

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseTargetStatus.Submitted, target.Status));
    }

    [Fact]
    public async Task Without_the_right_to_issues_a_failed_release_comes_to_its_end()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.GitHub.SetAppPermission(Story.Owner, "issues", "none");

        await story.ReleaseAsync("release-one");

        Assert.Equal(SyncReleaseStatus.Error, Assert.Single(await story.RunsAsync()).Status);
        Assert.All(story.Options.Branches, branch => Assert.Equal("failure", story.Check(branch).Conclusion));
    }

    [Fact]
    public async Task Without_the_right_to_contents_the_delivery_says_which_permission_is_missing()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.GitHub.SetAppPermission(Story.Owner, "contents", "none");

        await story.Project.PublishReleaseAsync("v1.2.3");
        await story.SettleAsync();

        var delivery = await DeliveryAsync(story);
        Assert.Equal(DeliveryState.Failed, delivery.State);
        Assert.Contains("The GitHub App lacks the permission \"contents: read\"", delivery.Outcome, StringComparison.Ordinal);
        Assert.Empty(await story.RunsAsync());
    }

    [Fact]
    public async Task A_suspended_App_ends_the_delivery_with_a_clear_word_and_the_service_goes_on()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        var payload = story.World.GitHub.Deliveries[^1].Payload;
        story.World.GitHub.Suspend(Story.Owner);

        await new RawDelivery("release", payload).SendAsync(story);
        await story.SettleAsync();
        for (var hour = 0; hour < 14; hour++)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        var delivery = await DeliveryAsync(story);
        Assert.Equal(DeliveryState.Failed, delivery.State);
        Assert.Contains("suspended", delivery.Outcome, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(delivery.Attempts, 1, 12);
        Assert.Empty(await story.RunsAsync());

        story.World.GitHub.Suspend(Story.Owner, suspended: false);
        await new RawDelivery("release", payload).SendAsync(story);
        await story.SettleAsync();
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
    }

    [Fact]
    public async Task An_App_that_is_suspended_during_a_release_fails_nothing_that_needs_no_GitHub()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault
        {
            Server = Servers.Pagure, Method = "POST", PathContains = "/git-receive-pack", Kind = new FaultKind.Delay(TimeSpan.Zero),
            When = _ =>
            {
                story.World.GitHub.Suspend(Story.Owner);
                return true;
            },
        });

        await story.ReleaseAsync();

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseTargetStatus.Submitted, target.Status));

        story.World.GitHub.Suspend(Story.Owner, suspended: false);
        await story.ForwardAsync(TimeSpan.FromMinutes(2));
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
    }

    [Fact]
    public async Task A_used_up_rate_limit_delays_the_release_until_GitHub_gives_more()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.GitHub.LimitTo(1);

        await story.ReleaseAsync();
        Assert.Empty(await story.OpenPullRequestsAsync());
        var delivery = await DeliveryAsync(story);
        Assert.Equal(DeliveryState.Received, delivery.State);
        Assert.Contains("slow down", delivery.Outcome, StringComparison.Ordinal);
        var asked = story.World.Requests.Count(Servers.GitHubApi);

        await story.ForwardAsync(TimeSpan.FromMinutes(10));
        Assert.True(story.World.Requests.Count(Servers.GitHubApi) <= asked + 1, "GitHub was asked again before the time it named.");

        story.World.GitHub.LimitTo(5000);
        await story.ForwardAsync(TimeSpan.FromMinutes(61));
        await story.ForwardAsync(TimeSpan.FromMinutes(16));

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
    }

    [Theory]
    [InlineData("retry-after", "30")]
    [InlineData("x-ratelimit-remaining", "0")]
    public async Task A_secondary_limit_delays_the_release(string header, string value)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, Method = "GET", PathContains = "/releases/tags/", Times = 1,
            Kind = new FaultKind.Status(
                403, """{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}""",
                new Dictionary<string, string> { [header] = value }),
        });

        await story.ReleaseAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(5));
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
    }

    [Fact]
    public async Task A_private_repository_is_passed_over_unless_its_namespace_is_enabled()
    {
        await using var story = await Story.BeginAsync(server);
        story.Project.Private = true;

        await story.ReleaseAsync();

        var delivery = await DeliveryAsync(story);
        Assert.Equal((DeliveryState.Handled, "The repository is private and its namespace is not enabled here."), (delivery.State, delivery.Outcome));
        Assert.Empty(story.World.Requests.Find(Servers.GitHubApi));
        Assert.Empty(story.Project.CheckRuns());
        Assert.Empty(story.Project.CommitComments());
        Assert.Empty(await story.RunsAsync());
    }

    [Fact]
    public async Task A_private_repository_of_an_enabled_namespace_is_fetched_with_a_token()
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { Settings = new Dictionary<string, string?> { ["Service:EnabledPrivateNamespaces:0"] = $"127.0.0.1/{Story.Owner}" } });
        story.Project.Private = true;

        await story.ReleaseAsync();

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
        Assert.NotEmpty(story.World.Requests.Find(Servers.GitHubWeb, "POST", "git-upload-pack"));
        Assert.DoesNotContain(story.World.Requests.All, request => (request.Path + request.Query).Contains("ghs_", StringComparison.Ordinal));
    }

    private static async Task<InboxDelivery> DeliveryAsync(Story story)
    {
        await using var database = story.Database();
        return Assert.Single(database.Deliveries);
    }
}
