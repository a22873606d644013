using Packit.Service.Commands;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Commands;

public sealed class EventCommandTests : IDisposable
{
    private const string Release = """
        {
          "action": "published",
          "release": {"id": 7, "tag_name": "v2.0", "html_url": "https://github.com/hours/sundial/releases/tag/v2.0", "created_at": "2026-01-02T03:04:05Z"},
          "repository": {"id": 1, "name": "sundial", "full_name": "hours/sundial", "private": false, "default_branch": "main",
            "owner": {"login": "hours", "id": 2, "type": "Organization"},
            "html_url": "https://github.com/hours/sundial", "clone_url": "https://github.com/hours/sundial.git"},
          "sender": {"login": "ada", "id": 3, "type": "User"},
          "installation": {"id": 42}
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--type", "release")]
    [InlineData()]
    public async Task A_release_is_shown_with_what_the_service_would_do(params string[] type)
    {
        var file = _folder.Write("release.json", Release);

        var run = await CommandRun.OfAsync(["event", "show", file, "--source", "github", "--json", .. type]);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal("release", run.Json.GetProperty("type").GetString());
        Assert.Equal("hours/sundial", run.Json.GetProperty("repository").GetString());
        Assert.Equal("v2.0", run.Json.GetProperty("tag").GetString());
        Assert.Equal("42", run.Json.GetProperty("installation").GetString());
        Assert.Contains("v2.0 would be proposed", run.Json.GetProperty("reaction").GetString());
    }

    [Fact]
    public async Task A_body_that_is_not_what_it_says_to_be_is_told_apart()
    {
        var broken = _folder.Write("a.json", "{\"action\": \"published\"}");
        var noJson = _folder.Write("b.json", "not json");

        var run = await CommandRun.OfAsync("event", "show", broken, noJson, "--source", "github", "--type", "release", "--json");

        Assert.Equal(ExitCodes.No, run.ExitCode);
        Assert.Equal([false, false], run.Lines.Select(line => CommandRun.Document(line).GetProperty("ok").GetBoolean()));
    }

    [Fact]
    public async Task A_message_of_the_bus_is_shown_with_topic_and_id()
    {
        var file = _folder.Write("message.json", """{"topic": "org.example.buildsys.tag", "id": "c0ffee", "body": {"tag": "f43"}}""");

        var run = await CommandRun.OfAsync("event", "show", file, "--source", "fedora-messaging");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("topic: org.example.buildsys.tag\nid: c0ffee\n", run.Output);
        Assert.Contains("reaction: None: Nothing here reacts to its topic.", run.Output);
    }

    [Fact]
    public async Task The_source_must_be_one_that_is_known()
    {
        var run = await CommandRun.OfAsync("event", "show", "x.json", "--source", "gitlab");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Empty(run.Output);
    }
}
