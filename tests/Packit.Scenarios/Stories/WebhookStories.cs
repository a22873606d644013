using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>What the door answers, to GitHub and to others.</summary>
public sealed class WebhookStories(PostgresServer server)
{
    private const string Ping = """{"zen":"Keep it logically awesome.","hook_id":1,"hook":{"type":"App"}}""";
    private const string Release = """{"action":"published","release":{"tag_name":"v1.2.3"}}""";

    [Fact]
    public async Task A_ping_is_answered_when_its_signature_is_right()
    {
        await using var story = await Story.BeginAsync(server);

        var right = await new RawDelivery("ping", Ping).SendAsync(story);
        var wrong = await new RawDelivery("ping", Ping) { Secret = "not the secret" }.SendAsync(story);

        Assert.Equal((200, "Pong!"), (right.Status, right.Text));
        Assert.Equal((401, "Payload signature validation failed."), (wrong.Status, wrong.Text));
    }

    [Theory]
    [InlineData("", "X-Hub-Signature-256 not in request.headers")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000", "Payload signature validation failed.")]
    [InlineData("sha256=0", "Payload signature validation failed.")]
    [InlineData("no equals sign", "Payload signature validation failed.")]
    public async Task A_delivery_without_the_right_signature_does_not_come_in(string signature, string text)
    {
        await using var story = await Story.BeginAsync(server);

        var answer = await new RawDelivery("release", Release) { Signature = signature }.SendAsync(story);

        Assert.Equal((401, text), (answer.Status, answer.Text));
        Assert.Equal(0, await StoredAsync(story));
    }

    [Theory]
    [InlineData("{\"action\": \"published\", ", "The body is not one valid JSON object.")]
    [InlineData("[1]", "The body is not one valid JSON object.")]
    [InlineData("{} {}", "The body is not one valid JSON object.")]
    [InlineData("", "We haven't received any JSON data.")]
    [InlineData("{}", "We haven't received any JSON data.")]
    public async Task A_body_that_is_no_delivery_is_refused(string body, string text)
    {
        await using var story = await Story.BeginAsync(server);

        var answer = await new RawDelivery("release", body).SendAsync(story);

        Assert.Equal((400, text), (answer.Status, answer.Text));
        Assert.Equal(0, await StoredAsync(story));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_larger_than_the_cap_is_refused_whether_it_announces_its_length_or_not(bool chunked)
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { Settings = new Dictionary<string, string?> { ["GitHub:MaxDeliveryBytes"] = "65536" } });
        var padded = Release[..^1] + ",\"padding\":\"" + new string('x', 70_000) + "\"}";

        var answer = await new RawDelivery("release", padded) { Chunked = chunked }.SendAsync(story);
        var next = await new RawDelivery("ping", Ping).SendAsync(story);

        Assert.Equal((413, "The body is larger than 65536 bytes."), (answer.Status, answer.Text));
        Assert.Equal(0, await StoredAsync(story));
        Assert.Equal(200, next.Status);
    }

    [Fact]
    public async Task An_event_that_nobody_waits_for_is_declined_politely_and_not_kept()
    {
        await using var story = await Story.BeginAsync(server);

        await story.Project.OpenIssueAsync("somebody", "A question");
        await story.Project.SendEventAsync("release", new JsonObject { ["action"] = "edited", ["release"] = new JsonObject { ["tag_name"] = "v1.2.3" } });
        await story.Project.SendEventAsync("star", new JsonObject { ["action"] = "created" });

        Assert.Equal(["issues", "release", "star"], story.World.GitHub.Deliveries.Select(delivery => delivery.Event));
        Assert.All(story.World.GitHub.Deliveries, delivery =>
        {
            Assert.Equal(202, delivery.StatusCode);
            Assert.Equal("\"Thanks but we don't care about this event\"", delivery.Answer);
        });
        Assert.Equal(0, await StoredAsync(story));
    }

    [Fact]
    public async Task While_the_secret_is_changed_the_old_one_and_the_new_one_are_good()
    {
        var folder = Directory.CreateTempSubdirectory("packit-rotation-");
        try
        {
            var settings = new Dictionary<string, string?>
            {
                ["GitHub:WebhookSecretFiles:0"] = Secret(folder, "new", "the new secret"),
                ["GitHub:WebhookSecretFiles:1"] = Secret(folder, "old", new Sandbox.WorldOptions { Folder = folder.FullName }.WebhookSecret),
            };
            await using var story = await Story.BeginAsync(server, new StoryOptions { Settings = settings, Branches = ["rawhide"], ConfiguredBranches = "rawhide" });

            await story.ReleaseAsync();
            var signedWithNew = await new RawDelivery("release", story.World.GitHub.Deliveries[^1].Payload) { Secret = "the new secret" }.SendAsync(story);
            var signedWithOther = await new RawDelivery("release", Release) { Secret = "another secret" }.SendAsync(story);

            Assert.Equal((202, "Webhook accepted. We thank you, Github."), (signedWithNew.Status, signedWithNew.Text));
            Assert.Equal((401, "Payload signature validation failed."), (signedWithOther.Status, signedWithOther.Text));
            Assert.Equal(202, story.World.GitHub.Deliveries[^1].StatusCode);
            await story.SettleAsync();
            Assert.Single(await story.OpenPullRequestsAsync());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Secret(DirectoryInfo folder, string name, string secret)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, secret);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        return file;
    }

    private static async Task<int> StoredAsync(Story story)
    {
        await using var database = story.Database();
        return await database.Deliveries.CountAsync();
    }
}
