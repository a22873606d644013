using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Service.Tests.Webhooks;

public sealed class GitHubWebhookTests(PostgresServer server)
{
    private const string Accepted = "\"Webhook accepted. We thank you, Github.\"";
    private static readonly byte[] Release = """{"action":"published","release":{"tag_name":"1.0"},"repository":{"full_name":"acme/widget"}}"""u8.ToArray();

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_signed_release_is_stored_as_it_came_and_accepted(DatabaseProvider provider)
    {
        await using var host = await WebhookHost.StartAsync(provider, server);

        Assert.Equal((HttpStatusCode.Accepted, Accepted), await host.PostAsync(Release));

        var row = Assert.Single(await host.StoredAsync());
        Assert.Equal(
            (DeliverySource.GitHub, "72d3162e-cc78-11e3-81ab-4c9367dc0958", "release", DeliveryState.Received),
            (row.Source, row.DeliveryId, row.EventType, row.State));
        Assert.Equal(Release, row.Body);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task The_same_delivery_from_fifty_concurrent_posts_is_stored_once(DatabaseProvider provider)
    {
        await using var host = await WebhookHost.StartAsync(provider, server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.PostAsync(Release)));

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Accepted, Accepted), answer));
        Assert.Single(await host.StoredAsync());
    }

    [Fact]
    public async Task The_old_secret_is_accepted_while_it_is_replaced()
    {
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.Sqlite, server);

        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Release, signature: WebhookHost.Sign(Release, WebhookHost.OldSecret))).Status);

        Assert.Single(await host.StoredAsync());
    }

    [Theory]
    [InlineData(null, "\"X-Hub-Signature-256 not in request.headers\"")]
    [InlineData("sha256", "\"Payload signature validation failed.\"")]
    [InlineData("sha256=", "\"Payload signature validation failed.\"")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d", "\"Payload signature validation failed.\"")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "\"Payload signature validation failed.\"")]
    public async Task What_is_not_signed_by_us_is_refused_and_not_stored(string? signature, string text)
    {
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.Sqlite, server);

        Assert.Equal((HttpStatusCode.Unauthorized, text), await host.PostAsync(Release, signature: signature));

        Assert.Empty(await host.StoredAsync());
    }

    [Fact]
    public async Task A_ping_is_answered_only_when_it_is_signed()
    {
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.Sqlite, server);
        var ping = """{"zen":"Keep it logically awesome.","hook_id":1,"hook":{"type":"App"}}"""u8.ToArray();

        Assert.Equal((HttpStatusCode.OK, "\"Pong!\""), await host.PostAsync(ping, "ping"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync(ping, "ping", signature: null)).Status);
        Assert.Empty(await host.StoredAsync());
    }

    [Theory]
    [InlineData("release", """{"action":"deleted"}""", HttpStatusCode.Accepted, "\"Thanks but we don't care about this event\"")]
    [InlineData("star", """{"action":"created"}""", HttpStatusCode.Accepted, "\"Thanks but we don't care about this event\"")]
    [InlineData("release", "{}", HttpStatusCode.BadRequest, "\"We haven't received any JSON data.\"")]
    [InlineData("release", "", HttpStatusCode.BadRequest, "\"We haven't received any JSON data.\"")]
    [InlineData("release", """{"action":"published",""", HttpStatusCode.BadRequest, "\"The body is not one valid JSON object.\"")]
    [InlineData("release", """{"action":"published"} {}""", HttpStatusCode.BadRequest, "\"The body is not one valid JSON object.\"")]
    public async Task What_is_genuine_but_not_for_us_is_answered_and_not_stored(string type, string body, HttpStatusCode status, string text)
    {
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.Sqlite, server);

        Assert.Equal((status, text), await host.PostAsync(Encoding.UTF8.GetBytes(body), type));

        Assert.Empty(await host.StoredAsync());
    }

    [Theory]
    [InlineData(null, "id")]
    [InlineData("release", null)]
    [InlineData("release", "two words")]
    [InlineData("rel\tease", "id")]
    public async Task A_missing_or_odd_header_is_named(string? type, string? delivery)
    {
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.Sqlite, server);

        var (status, text) = await host.PostAsync(Release, type, delivery);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith(type == "release" ? "\"X-GitHub-Delivery must" : "\"X-GitHub-Event must", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_refused_however_it_is_sent(bool chunked)
    {
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.Sqlite, server, limit: 4096);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "\"The body is larger than 4096 bytes.\""), await host.PostAsync(new byte[4097], chunked: chunked));
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Padded(4096), chunked: chunked)).Status);
        Assert.Equal(4096, Assert.Single(await host.StoredAsync()).Body.Length);
    }

    [Fact]
    public async Task A_large_body_arrives_whole()
    {
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.PostgreSql, server, limit: 25 << 20);
        var body = Padded(25 << 20);

        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(body)).Status);

        Assert.Equal(body, Assert.Single(await host.StoredAsync()).Body);
    }

    [Fact]
    public async Task A_form_is_told_to_be_set_to_json()
    {
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.Sqlite, server);

        var (status, text) = await host.PostAsync("payload=%7B%7D"u8.ToArray(), contentType: "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Contains("application/json", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Release, contentType: "application/json; charset=utf-8")).Status);
    }

    [Fact]
    public async Task A_body_that_is_cut_off_harms_nobody()
    {
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.Sqlite, server);
        using (var socket = new TcpClient(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port))
        {
            await socket.GetStream().WriteAsync("POST /api/webhooks/github HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"action\""u8.ToArray());
        }

        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Release)).Status);
        Assert.Single(await host.StoredAsync());
    }

    [Fact]
    public async Task A_database_that_is_down_is_said_within_two_seconds_and_deliveries_are_accepted_again_later()
    {
        await using var own = new PostgresServer();
        await using var host = await WebhookHost.StartAsync(DatabaseProvider.PostgreSql, own);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Release, delivery: "before")).Status);

        await own.CrashAsync();
        var asked = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.PostAsync(Release, delivery: "during")).Status);
        Assert.True(asked.Elapsed < TimeSpan.FromSeconds(2), $"It took {asked.Elapsed}.");

        await own.RestartAsync();
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Release, delivery: "after")).Status);
        Assert.Equal(["before", "after"], (await host.StoredAsync()).Select(row => row.DeliveryId));
    }

    private static byte[] Padded(int length)
    {
        var body = new byte[length];
        body.AsSpan().Fill((byte)' ');
        """{"action":"published"}"""u8.CopyTo(body);
        return body;
    }
}
