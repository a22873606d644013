using System.Net;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Repositories that only their members see.</summary>
public sealed class PrivateRepositoryStories(PostgresServer server)
{
    private const string NotServed = "The repository is private and its namespace is not enabled here.";

    [Theory]
    [InlineData("127.0.0.1/upstream/hello")]
    [InlineData("127.0.0.1/upstrea")]
    [InlineData("127.0.0.1/UPSTREAM")]
    [InlineData("127.0.0.1")]
    [InlineData("upstream")]
    [InlineData("github.com/upstream")]
    public async Task Only_the_whole_namespace_enables_it(string enabled)
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { Agreed = false, Settings = new Dictionary<string, string?> { ["Service:EnabledPrivateNamespaces:0"] = enabled } });
        story.Project.Private = true;

        await story.ReleaseAsync();
        var talk = await Talk.BeginAsync(story, "/packit propose-downstream");
        await story.Project.PushAsync(new FileSet { [".packit.yaml"] = "jobs: {\n" }, "Break the config");
        await story.SettleAsync();

        Assert.All(await DeliveriesAsync(story), delivery => Assert.Equal((DeliveryState.Handled, NotServed), (delivery.State, delivery.Outcome)));
        Assert.Empty(talk.Reactions);
        Assert.Empty(talk.Answers);
        Assert.Empty(story.Project.CheckRuns());
        Assert.Empty(story.World.Requests.Find(Servers.GitHubApi));
        await using var database = story.Database();
        Assert.Empty(database.Projects.Where(project => project.IsPrivate));
        Assert.Empty(database.Decisions);
    }

    [Fact]
    public async Task A_repository_that_became_private_is_not_served_whatever_an_old_payload_says_and_is_not_shown_any_more()
    {
        await using var story = await BeginAsync(enabled: null);
        await story.ReleaseAsync();
        var release = $"{story.Service.Address}releases/1";
        var target = await story.PageAsync("rawhide");
        var pages = new[] { release, target, $"{target}/log", $"{target}/diff", $"{target}/events" };
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(release)).Status);
        Assert.Contains("hello", (await GetAsync(story.Service.Address.AbsoluteUri)).Text, StringComparison.Ordinal);
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.3.0");
        var payload = story.World.GitHub.Deliveries[^1].Payload;
        story.Project.Private = true;

        await new RawDelivery("release", payload).SendAsync(story);
        await story.SettleAsync();

        Assert.Equal(NotServed, (await DeliveriesAsync(story))[^1].Outcome);
        Assert.Single(await story.RunsAsync());
        foreach (var page in pages)
        {
            var (status, text) = await GetAsync(page);
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.DoesNotContain("upstream", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("upstream/hello", (await GetAsync(story.Service.Address.AbsoluteUri)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_GitHub_does_not_say_whether_it_is_private_nothing_is_done()
    {
        await using var story = await BeginAsync(enabled: null, stepped: true);
        var isAway = true;
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, Method = "GET", Kind = new FaultKind.Status(503), Times = int.MaxValue,
            When = request => isAway && request.Path.Value!.EndsWith("/repos/upstream/hello", StringComparison.Ordinal),
        });

        await story.ReleaseAsync();
        Assert.Empty(await story.RunsAsync());
        Assert.Equal(DeliveryState.Received, Assert.Single(await DeliveriesAsync(story)).State);

        isAway = false;
        await story.ForwardAsync(TimeSpan.FromMinutes(10));
        Assert.Single(await story.RunsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_private_repository_that_is_served_is_shown_only_where_a_setting_says_so(bool isShown)
    {
        await using var story = await BeginAsync("127.0.0.1/upstream", ("Service:ShowPrivateRepositories", isShown ? "true" : "false"));
        story.Project.Private = true;

        await story.ReleaseAsync();

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        var expected = isShown ? HttpStatusCode.OK : HttpStatusCode.NotFound;
        Assert.Equal(expected, (await GetAsync($"{story.Service.Address}releases/1")).Status);
        Assert.Equal(expected, (await GetAsync(await story.PageAsync("rawhide"))).Status);
        Assert.Equal(expected, (await GetAsync($"{story.Service.Address}deliveries/{(await DeliveriesAsync(story))[0].DeliveryId}")).Status);
        Assert.Equal(isShown, (await GetAsync(story.Service.Address.AbsoluteUri)).Text.Contains("upstream/hello", StringComparison.Ordinal));
        foreach (var list in new[] { "deliveries", "deliveries?repository=upstream/hello" })
        {
            Assert.Equal(isShown, (await GetAsync($"{story.Service.Address}{list}")).Text.Contains("was published", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_repository_that_became_public_is_served_and_shown_again()
    {
        await using var story = await BeginAsync("127.0.0.1/upstream");
        story.Project.Private = true;
        await story.ReleaseAsync();
        story.Project.Private = false;

        await story.ReleaseAsync("v1.3.0");

        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"{story.Service.Address}releases/1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"{story.Service.Address}releases/2")).Status);
    }

    [Fact]
    public async Task A_comment_without_a_command_costs_GitHub_nothing()
    {
        await using var story = await BeginAsync(enabled: null);

        await Talk.BeginAsync(story, "Thank you!");

        Assert.Empty(story.World.Requests.Find(Servers.GitHubApi));
    }

    private Task<Story> BeginAsync(string? enabled, bool stepped) => BeginAsync(enabled, [], stepped);

    private Task<Story> BeginAsync(string? enabled, params (string Key, string Value)[] more) => BeginAsync(enabled, more, stepped: false);

    private Task<Story> BeginAsync(string? enabled, (string Key, string Value)[] more, bool stepped)
    {
        var settings = more.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        if (enabled is not null)
        {
            settings["Service:EnabledPrivateNamespaces:0"] = enabled;
        }

        return Story.BeginAsync(server, new StoryOptions { Settings = settings, Stepped = stepped });
    }

    private static async Task<IReadOnlyList<InboxDelivery>> DeliveriesAsync(Story story)
    {
        await using var database = story.Database();
        return await database.Deliveries.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(string address)
    {
        using var http = HttpClients.Create(new HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        using var answer = await http.GetAsync(new Uri(address));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
