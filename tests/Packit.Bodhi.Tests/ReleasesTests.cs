using Packit.Http;
using Packit.Stub;

namespace Packit.Bodhi.Tests;

public class ReleasesTests
{
    private const string List = "GET /releases/?state=current&state=pending&state=frozen&rows_per_page=100&page=";

    [Fact]
    public async Task All_pages_are_read()
    {
        await using var server = await StubServer.StartAsync();
        server
            .On(List + "1", $$"""{"releases": [{{Release("F43", "43", "current")}}, {{Release("F44", "44", "frozen")}}], "page": 1, "pages": 2, "rows_per_page": 2, "total": 3}""")
            .On(List + "2", $$"""{"releases": [{{Release("F45", "45", "pending")}}], "page": 2, "pages": 2, "rows_per_page": 2, "total": 3}""");

        var releases = await Client(server).ReleasesAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["F43", "F44", "F45"], releases.Select(release => release.Name));
        Assert.Equal([ReleaseState.Current, ReleaseState.Frozen, ReleaseState.Pending], releases.Select(release => release.State));
        Assert.Equal(
            ("Fedora 43", "43", "FEDORA", "f43", "f43-updates-candidate", new DateOnly(2026, 12, 2)),
            (releases[0].LongName, releases[0].Version, releases[0].IdPrefix, releases[0].Branch, releases[0].CandidateTag, releases[0].Eol!.Value));
        Assert.All(server.Requests, request => Assert.Equal("application/json", request.Header("Accept")));
    }

    [Fact]
    public async Task A_refusal_is_typed_and_says_why()
    {
        await using var server = await StubServer.StartAsync();
        server.On(List + "1", StubAnswer.Json(
            """{"status": "error", "errors": [{"location": "querystring", "name": "state", "description": "\"x\" is not one of current"}]}""", 400));

        var failed = await Assert.ThrowsAsync<BodhiException>(() => Client(server).ReleasesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(RemoteFailure.Invalid, failed.Failure);
        Assert.Contains("state: \"x\" is not one of current", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "<html>", RemoteFailure.ServerError)]
    [InlineData(200, "<html>", RemoteFailure.Unexpected)]
    [InlineData(200, """{"releases": [{}], "page": 1, "pages": 1}""", RemoteFailure.Unexpected)]
    [InlineData(302, "", RemoteFailure.Unexpected)]
    public async Task Other_answers_have_their_kind(int status, string body, RemoteFailure expected)
    {
        await using var server = await StubServer.StartAsync();
        server.On(List + "1", StubAnswer.Json(body, status));
        var failed = await Assert.ThrowsAnyAsync<RemoteException>(() => Client(server).ReleasesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(expected, failed.Failure);
    }

    [Fact]
    public async Task Trouble_on_the_way_has_its_kind()
    {
        await using var server = await StubServer.StartAsync();
        server.OnEach(List + "1", StubAnswer.Empty(200) with { Cut = true }, StubAnswer.Json("{") with { NeverEnds = true });
        var client = Client(server, TimeSpan.FromMilliseconds(400));

        foreach (var expected in new[] { RemoteFailure.Unreachable, RemoteFailure.Timeout })
        {
            Assert.Equal(expected, (await Assert.ThrowsAsync<RemoteException>(() => client.ReleasesAsync(TestContext.Current.CancellationToken))).Failure);
        }
    }

    [Fact]
    public async Task A_list_without_end_is_given_up()
    {
        await using var server = await StubServer.StartAsync();
        for (var page = 1; page <= 60; page++)
        {
            server.On(List + page, $$"""{"releases": [{{Release("F43", "43", "current")}}], "page": {{page}}, "pages": 1000}""");
        }

        var failed = await Assert.ThrowsAsync<RemoteException>(() => Client(server).ReleasesAsync(TestContext.Current.CancellationToken));
        Assert.Contains("more than 50 pages", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorded_answer_is_understood()
    {
        var recording = await File.ReadAllTextAsync(Path.Combine(Captures.Folder("bodhi-wire"), "0001.txt"), TestContext.Current.CancellationToken);
        var start = recording.IndexOf("{\"releases\"", StringComparison.Ordinal);
        var json = recording[start..(recording.IndexOf("\"total\"", start, StringComparison.Ordinal) + "\"total\": 3}".Length)];
        await using var server = await StubServer.StartAsync();
        server.On(List + "1", json);

        var releases = await Client(server).ReleasesAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["epel9", "f41", "rawhide"], releases.Select(release => release.Branch));
        Assert.True(releases[2].CreateAutomaticUpdates);
    }

    private static BodhiClient Client(StubServer server, TimeSpan? timeout = null) => new(server.Client(retries: 0, timeout), TimeProvider.System);

    private static string Release(string name, string version, string state) => $$"""
        {"name": "{{name}}", "long_name": "Fedora {{version}}", "version": "{{version}}", "id_prefix": "FEDORA", "branch": "f{{version}}",
         "dist_tag": "f{{version}}", "stable_tag": "f{{version}}-updates", "testing_tag": "f{{version}}-updates-testing",
         "candidate_tag": "f{{version}}-updates-candidate", "pending_signing_tag": "f{{version}}-signing-pending",
         "pending_testing_tag": "f{{version}}-updates-testing-pending", "pending_stable_tag": "f{{version}}-updates-pending",
         "override_tag": "f{{version}}-override", "state": "{{state}}", "composed_by_bodhi": true, "create_automatic_updates": false,
         "package_manager": "dnf", "testing_repository": null, "released_on": null, "eol": "2026-12-02", "setting_status": null}
        """;
}
