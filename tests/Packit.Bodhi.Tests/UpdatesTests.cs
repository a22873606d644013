using Packit.Bodhi.Tests.Servers;
using Packit.Http;
using Packit.Stub;

namespace Packit.Bodhi.Tests;

public class UpdatesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_update_is_read_whole()
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /updates/" + Sample.Alias, $$"""{"update": {{Sample.Update()}}, "can_edit": false, "ci_allowed": true}""");

        var update = (await Client(server).UpdateAsync(Sample.Alias, Token))!;

        Assert.Equal((UpdateStatus.Pending, UpdateRequest.Testing, GatingStatus.Waiting, true), (update.Status, update.Request, update.TestGatingStatus, update.IsLive));
        Assert.Equal((UpdateType.Bugfix, UpdateSeverity.Low, UpdateSuggestion.Logout), (update.Type, update.Severity, update.Suggest));
        Assert.Equal((1, 2, -2, 14, false, true), (update.Karma, update.StableKarma, update.UnstableKarma, update.StableDays, update.Autokarma, update.Autotime));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 6, 38, 29, TimeSpan.Zero), update.DateSubmitted);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 1, 2, 3, TimeSpan.Zero), update.DateTesting);
        Assert.Null(update.DateStable);
        Assert.Equal(("F43", "packit", "packager"), (update.Release.Name, update.User!.Name, update.User.Groups[0].Name));
        Assert.Equal(("hello-1.0-1.fc43", true), (update.Builds[0].Nvr, update.Builds[0].IsSigned));
        Assert.Equal((2401111, "bodhi"), (update.Bugs[0].BugId, update.Comments[0].User!.Name));
        Assert.Equal(new Uri(server.Root, "updates/" + Sample.Alias), Client(server).PageOf(update.Alias));
    }

    [Fact]
    public async Task Words_and_fields_that_come_later_do_no_harm()
    {
        await using var server = await StubServer.StartAsync();
        var later = Sample.Update(status: "simmering", more: """, "new_thing": {"a": [1, 2]}""")
            .Replace("\"waiting\"", "\"pondering\"", StringComparison.Ordinal);
        server.On("GET /updates/" + Sample.Alias, $$"""{"update": {{later}}}""");
        var update = (await Client(server).UpdateAsync(Sample.Alias, Token))!;
        Assert.Equal((UpdateStatus.Other, GatingStatus.Other), (update.Status, update.TestGatingStatus));
    }

    [Fact]
    public async Task The_least_that_Bodhi_promises_is_enough()
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /updates/" + Sample.Alias, $$"""{"update": {"alias": "{{Sample.Alias}}", "status": "stable", "builds": [{"nvr": "a-1-1"}], "release": {{Sample.Release()}} } }""");
        var update = (await Client(server).UpdateAsync(Sample.Alias, Token))!;
        Assert.Equal((0, 0, "", ""), (update.Bugs.Count, update.Comments.Count, update.Notes, update.Title));
        Assert.Null(update.Request);
    }

    [Fact]
    public async Task What_does_not_exist_is_null_and_a_foreign_page_is_not()
    {
        await using var server = await StubServer.StartAsync();
        var client = Client(server);
        server.On("GET /updates/FEDORA-1", StubAnswer.Json(Sample.Errors(("url", "id", "Invalid update id")), 404));
        Assert.Null(await client.UpdateAsync("FEDORA-1", Token));

        server.On("GET /updates/FEDORA-1", StubAnswer.Json("<html>Not here</html>", 404));
        var failed = await Assert.ThrowsAsync<BodhiException>(() => client.UpdateAsync("FEDORA-1", Token));
        Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
        Assert.Contains("the root of Bodhi?", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../csrf")]
    [InlineData("a b")]
    [InlineData("a?b")]
    public async Task What_cannot_be_an_alias_is_not_asked(string alias)
    {
        await using var server = await StubServer.StartAsync();
        Assert.Null(await Client(server).UpdateAsync(alias, Token));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("\"../../etc\"")]
    [InlineData("\"<script>\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("7")]
    public async Task An_alias_that_is_none_is_unexpected(string alias)
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /updates/x", $$"""{"update": {"alias": {{alias}}, "status": "stable", "builds": [], "release": {{Sample.Release()}} } }""");
        var failed = await Assert.ThrowsAnyAsync<RemoteException>(() => Client(server).UpdateAsync("x", Token));
        Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
    }

    [Theory]
    [InlineData("""{"update": null}""")]
    [InlineData("""{"update": {"alias": "x"}}""")]
    [InlineData("""{"update": {"alias": "x", "alias": "y"}}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task Wrong_content_is_unexpected(string body)
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /updates/x", body);
        Assert.Equal(RemoteFailure.Unexpected, (await Assert.ThrowsAnyAsync<RemoteException>(() => Client(server).UpdateAsync("x", Token))).Failure);
    }

    [Fact]
    public async Task Wrong_times_are_unexpected()
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /updates/x", $$"""{"update": {{Sample.Update().Replace("2026-11-20 06:38:29", "yesterday", StringComparison.Ordinal)}} }""");
        Assert.Equal(RemoteFailure.Unexpected, (await Assert.ThrowsAnyAsync<RemoteException>(() => Client(server).UpdateAsync("x", Token))).Failure);
    }

    [Fact]
    public async Task Updates_are_found_by_builds_many_at_a_time()
    {
        await using var server = await StubServer.StartAsync();
        string[] nvrs = [.. Enumerable.Range(1, 25).Select(number => $"p{number}-1-1.fc43")];
        server
            .On(Ask(nvrs[..20]), Sample.Page(Sample.Update("FEDORA-1", builds: ["p1-1-1.fc43"]), Sample.Update("FEDORA-2", builds: ["p2-1-1.fc43"])))
            .On(Ask(nvrs[20..]), Sample.Page(Sample.Update("FEDORA-2", builds: ["p2-1-1.fc43"])));

        var updates = await Client(server).UpdatesOfBuildsAsync([.. nvrs, nvrs[0]], Token);
        Assert.Equal(["FEDORA-1", "FEDORA-2"], updates.Select(update => update.Alias).Order());
        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(await Client(server).UpdatesOfBuildsAsync([], Token));
    }

    [Fact]
    public async Task The_live_update_holds_all_builds_and_is_not_taken_back()
    {
        await using var server = await StubServer.StartAsync();
        server.On(Ask("a-1-1", "b-1-1"), Sample.Page(
            Sample.Update("FEDORA-1", "unpushed", ["a-1-1", "b-1-1"]),
            Sample.Update("FEDORA-2", "obsolete", ["a-1-1", "b-1-1"]),
            Sample.Update("FEDORA-3", "testing", ["a-1-1"]),
            Sample.Update("FEDORA-4", "testing", ["a-1-1", "b-1-1", "c-1-1"])));
        server.On(Ask("a-1-10"), Sample.Page(Sample.Update("FEDORA-5", "testing", ["liba-1-10"])));

        Assert.Equal("FEDORA-4", (await Client(server).LiveUpdateOfAsync(["a-1-1", "b-1-1"], Token))!.Alias);
        Assert.Null(await Client(server).LiveUpdateOfAsync(["a-1-10"], Token));
        Assert.Null(await Client(server).LiveUpdateOfAsync([], Token));
    }

    [Fact]
    public async Task A_filter_is_asked_page_by_page()
    {
        await using var server = await StubServer.StartAsync();
        const string Query = "GET /updates/?packages=hello%2B&releases=F43,F44&user=packit&status=pending,testing&from_side_tag=f43-build-side-1&submitted_since=2026-11-01%2000%3A00%3A00&rows_per_page=50&page=";
        server
            .On(Query + "1", $$"""{"updates": [{{Sample.Update("FEDORA-1")}}], "page": 1, "pages": 2}""")
            .On(Query + "2", $$"""{"updates": [{{Sample.Update("FEDORA-2")}}], "page": 2, "pages": 2}""");

        var found = await Client(server).UpdatesAsync(
            new UpdateFilter
            {
                Packages = ["hello+"],
                Releases = ["F43", "F44"],
                Users = ["packit"],
                Statuses = [UpdateStatus.Pending, UpdateStatus.Testing],
                FromSideTag = "f43-build-side-1",
                SubmittedSince = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
            },
            Token);
        Assert.Equal(["FEDORA-1", "FEDORA-2"], found.Select(update => update.Alias));
    }

    [Fact]
    public async Task A_value_with_a_comma_cannot_widen_a_filter()
    {
        await using var server = await StubServer.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => Client(server).UpdatesAsync(new UpdateFilter { Users = ["a,b"] }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Client(server).UpdatesOfBuildsAsync(["a-1-1,b-1-1"], Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_list_without_end_is_given_up()
    {
        await using var server = await StubServer.StartAsync();
        for (var page = 1; page <= 51; page++)
        {
            server.On($"GET /updates/?user=packit&rows_per_page=50&page={page}", $$"""{"updates": [{{Sample.Update()}}], "page": {{page}}, "pages": 900}""");
        }

        var failed = await Assert.ThrowsAsync<RemoteException>(() => Client(server).UpdatesAsync(new UpdateFilter { Users = ["packit"] }, Token));
        Assert.Contains("more than 50 pages", failed.Message, StringComparison.Ordinal);
    }

    private static string Ask(params string[] nvrs) => $"GET /updates/?builds={string.Join(',', nvrs)}&rows_per_page=50&page=1";

    private static BodhiClient Client(StubServer server) => new(server.Client(), TimeProvider.System);
}
