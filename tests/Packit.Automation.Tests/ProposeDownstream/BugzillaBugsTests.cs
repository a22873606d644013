using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Settings;
using Packit.Stub;

namespace Packit.Automation.Tests.ProposeDownstream;

public sealed class BugzillaBugsTests
{
    private const string Query =
        "GET /rest/bug?product=Fedora&status=NEW&summary=is%20available&include_fields=id,summary,creator,creator_detail&limit=50&component=python-hello";

    [Fact]
    public async Task The_ticket_of_exactly_this_version_is_found() => Assert.Equal(
        ["rhbz#2"],
        await FindAsync("1.2", Bug(1, "python-hello-1.2.3 is available"), Bug(2, "python-hello-1.2 is available"), Bug(3, "hello-1.2 is available")));

    [Fact]
    public async Task A_version_with_a_dash_is_a_version() =>
        Assert.Equal(["rhbz#1"], await FindAsync("1.2-rc1", Bug(1, "python-hello-1.2-rc1 is available")));

    [Theory]
    [InlineData("python-hello-1.2 is available soon", "upstream-release-monitoring@fedoraproject.org", true)]
    [InlineData("python-hello-1.2 is available", "Upstream Release Monitoring", true)]
    [InlineData("python-hello-1.2 is available", "mallory@evil.example", false)]
    [InlineData("Please: python-hello-1.2 is available", "upstream-release-monitoring@fedoraproject.org", false)]
    public async Task Only_release_monitoring_is_believed(string summary, string creator, bool isFound) =>
        Assert.Equal(isFound, (await FindAsync("1.2", Bug(1, summary, creator))).Count == 1);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"bugs": null}""")]
    [InlineData("""{"bugs": [null]}""")]
    [InlineData("""{"bugs": [{"id": 1, "summary": null, "creator": "upstream-release-monitoring@fedoraproject.org"}]}""")]
    public async Task Answers_of_any_form_find_nothing_and_break_nothing(string answer)
    {
        await using var stub = await StubServer.StartAsync();
        stub.On(Query, answer);

        Assert.Empty(await FindAsync(stub, "1.2"));
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    public async Task A_tracker_in_trouble_holds_no_release_up(int status)
    {
        await using var stub = await StubServer.StartAsync();
        stub.On(Query, StubAnswer.Empty(status));

        Assert.Empty(await FindAsync(stub, "1.2"));
        Assert.NotEmpty(stub.Requests);
    }

    [Fact]
    public async Task Without_a_version_or_a_tracker_nobody_is_asked()
    {
        await using var stub = await StubServer.StartAsync();
        Assert.Empty(await FindAsync(stub, null));
        Assert.Empty(stub.Requests);

        using var off = Bugs("");
        Assert.Empty(await off.FindAsync("python-hello", "1.2", CancellationToken.None));
    }

    private static string Bug(int id, string summary, string creator = "upstream-release-monitoring@fedoraproject.org") =>
        creator.Contains('@', StringComparison.Ordinal)
            ? JsonSerializer.Serialize(new { id, summary, creator })
            : JsonSerializer.Serialize(new { id, summary, creator = "x", creator_detail = new { real_name = creator } });

    private static async Task<IReadOnlyList<string>> FindAsync(string version, params string[] bugs)
    {
        await using var stub = await StubServer.StartAsync();
        stub.On(Query, $$"""{"bugs": [{{string.Join(", ", bugs)}}]}""");
        return await FindAsync(stub, version);
    }

    private static async Task<IReadOnlyList<string>> FindAsync(StubServer stub, string? version)
    {
        using var bugs = Bugs(stub.Root.AbsoluteUri);
        return await bugs.FindAsync("python-hello", version, CancellationToken.None);
    }

    private static BugzillaBugs Bugs(string url) =>
        new(Options.Create(new BugzillaOptions { Url = url }), TimeProvider.System, NullLogger<BugzillaBugs>.Instance);
}
