using System.Text.Json.Nodes;
using Packit.FedoraMessaging;
using Packit.Http;

namespace Packit.Sandbox.Tests;

public sealed class DatagrepperTests : SandboxStory
{
    private readonly SteppedClock _clock = new();

    protected override WorldOptions Options => base.Options with { Time = _clock };

    [Fact]
    public async Task A_gap_is_read_back_in_order_page_by_page_by_topic()
    {
        long start = Options.Time.GetUtcNow().ToUnixTimeSeconds();
        World.Bus.Loses = _ => true;
        for (int i = 0; i < 7; i++)
        {
            World.Bus.Publish(i % 2 == 0 ? "buildsys.tag" : "git.noise", new JsonObject { ["n"] = i }, "koji_fedoramessaging.tag.TagV1");
            _clock.Move(TimeSpan.FromSeconds(10));
        }

        string query = $"search?topic=org.fedoraproject.prod.buildsys.tag&topic=other&order=asc&rows_per_page=3&start={start}&end={start + 1000}";
        var first = (await AskAsync(query + "&page=1")).Json;
        var second = (await AskAsync(query + "&page=2")).Json;

        Assert.Equal([0, 2, 4], Numbers(first));
        Assert.Equal([6], Numbers(second));
        Assert.Equal((4, 2, 3), ((int)first["total"]!, (int)first["pages"]!, (int)first["count"]!));
        var message = first["raw_messages"]![0]!;
        Assert.Equal(World.Bus.History[0].Id, message["id"]!.ToString());
        Assert.Equal("2026-11-22T06:00:00+00:00", message["headers"]!["sent-at"]!.ToString());
        Assert.Equal(message.ToJsonString(), (await AskAsync("id?id=" + message["id"])).Json.ToJsonString());
        Assert.Equal(404, (await AskAsync("id?id=x")).Status);
    }

    [Fact]
    public async Task The_services_own_client_reads_every_page()
    {
        var start = _clock.GetUtcNow();
        for (int i = 0; i < 205; i++)
        {
            World.Bus.Publish(i % 5 == 0 ? "git.noise" : "buildsys.tag", new JsonObject { ["n"] = i });
        }

        using var http = HttpClients.Create(new HttpClientSettings { Retries = 0 }, TimeProvider.System);
        http.BaseAddress = World.DatagrepperApi;
        var found = new List<Packit.FedoraMessaging.BusMessage>();
        await foreach (var page in new DatagrepperClient(http, TimeProvider.System).SearchAsync(["org.fedoraproject.prod.buildsys.tag"], start, start.AddHours(1), Ct))
        {
            found.AddRange(page);
        }

        var published = World.Bus.History.Where(message => message.Topic.EndsWith("tag", StringComparison.Ordinal)).ToList();
        Assert.Equal(published.Select(message => message.Id), found.Select(message => message.Id));
        Assert.Equal((published[0].SentAt, "base.message", 20), (found[0].SentAt, found[0].Schema, found[0].Severity));
    }

    [Fact]
    public async Task Without_a_time_it_looks_back_a_day_and_the_newest_comes_first()
    {
        World.Bus.Publish("a", new JsonObject { ["n"] = 1 });
        _clock.Move(TimeSpan.FromDays(2));
        World.Bus.Publish("a", new JsonObject { ["n"] = 2 });
        World.Bus.Publish("a", new JsonObject { ["n"] = 3 });

        Assert.Equal([3, 2], Numbers((await AskAsync("search")).Json));
        Assert.Equal([3, 2, 1], Numbers((await AskAsync("search?delta=300000")).Json));
    }

    [Fact]
    public async Task It_is_behind_by_its_lag()
    {
        World.Datagrepper.Lag = TimeSpan.FromSeconds(30);
        World.Bus.Publish("a", new JsonObject { ["n"] = 1 });
        Assert.Empty(Numbers((await AskAsync("search")).Json));

        _clock.Move(TimeSpan.FromSeconds(30));

        Assert.Equal([1], Numbers((await AskAsync("search")).Json));
    }

    [Fact]
    public async Task Users_packages_categories_and_texts_narrow_the_search()
    {
        World.Bus.Publish("bodhi.update.comment", new JsonObject { ["n"] = 1 }, users: ["alice"], packages: ["hello"]);
        World.Bus.Publish("buildsys.tag", new JsonObject { ["n"] = 2 }, users: ["bob"], packages: ["hello"]);

        Assert.Equal([2, 1], Numbers((await AskAsync("search?package=hello")).Json));
        Assert.Equal([1], Numbers((await AskAsync("search?package=hello&user=alice")).Json));
        Assert.Equal([2], Numbers((await AskAsync("search?category=buildsys")).Json));
        Assert.Equal([2], Numbers((await AskAsync("search?not_category=bodhi")).Json));
    }

    [Theory]
    [InlineData("page=0", "page must be &gt; 0")]
    [InlineData("rows_per_page=101", "rows_per_page must be &lt;= 100")]
    [InlineData("order=up", "order must be either")]
    public async Task Bad_arguments_are_refused(string query, string text)
    {
        var answer = await AskAsync("search?" + query);

        Assert.Equal(400, answer.Status);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_more_than_json_gets_a_page()
    {
        Assert.StartsWith("text/html", (await AskAsync("search", "application/json, text/html")).Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("application/json", (await AskAsync("search")).Headers["Content-Type"]);
    }

    private static IEnumerable<int> Numbers(JsonNode answer) => answer["raw_messages"]!.AsArray().Select(message => (int)message!["body"]!["n"]!);

    private async Task<Answer> AskAsync(string path, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(World.DatagrepperApi, "v2/" + path));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await SendAsync(request);
    }
}
