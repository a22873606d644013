using System.Text.Json;
using Packit.Bodhi.Tests.Servers;
using Packit.Http;
using Packit.Stub;

namespace Packit.Bodhi.Tests;

public class ChangesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_brings_what_it_states_and_leaves_the_rest_to_Bodhi()
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = static (_, _) => StubAnswer.Json(Sample.Update(more: """, "caveats": [{"name": "stable_days", "description": "Raised to 7."}]"""));

        var saved = await server.Client().CreateUpdateAsync(new UpdateDraft { Builds = ["a-1-1.fc43", "b-1-1.fc43"], Notes = "All \"new\"\n", Bugs = [1, 2] }, Token);

        var body = Written(server, "/updates/");
        Assert.Equal("""builds:["a-1-1.fc43","b-1-1.fc43"] notes:"All \"new\"\n" bugs:[1,2] type:"enhancement" """.TrimEnd(), body);
        Assert.Equal((Sample.Alias, "stable_days"), (Assert.Single(saved.Updates).Alias, Assert.Single(saved.Caveats).Name));
    }

    [Fact]
    public async Task Builds_of_several_releases_bring_several_updates()
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = static (_, _) => StubAnswer.Json($$"""{"updates": [{{Sample.Update("FEDORA-1")}}, {{Sample.Update("FEDORA-2")}}], "caveats": []}""");
        var saved = await server.Client().CreateUpdateAsync(Sample.Draft("a-1-1.fc43", "a-1-1.fc44"), Token);
        Assert.Equal(["FEDORA-1", "FEDORA-2"], saved.Updates.Select(update => update.Alias));
    }

    [Fact]
    public async Task A_side_tag_alone_comes_without_a_list_of_builds()
    {
        await using var server = await BodhiServer.StartAsync();
        await server.Client().CreateUpdateAsync(new UpdateDraft { FromTag = "f43-build-side-1", Notes = "nn" }, Token);
        Assert.Equal("""from_tag:"f43-build-side-1" notes:"nn" bugs:[] type:"enhancement" """.TrimEnd(), Written(server, "/updates/"));
    }

    [Fact]
    public async Task A_side_tag_may_come_with_its_builds()
    {
        await using var server = await BodhiServer.StartAsync();
        await server.Client().CreateUpdateAsync(Sample.Draft("a-1-1.fc43") with { FromTag = "f43-build-side-1" }, Token);
        Assert.StartsWith("""builds:["a-1-1.fc43"] from_tag:"f43-build-side-1" """, Written(server, "/updates/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_has_its_name_and_its_word()
    {
        await using var server = await BodhiServer.StartAsync();
        await server.Client().CreateUpdateAsync(
            Sample.Draft() with
            {
                Type = UpdateType.Security, DisplayName = "d", CloseBugs = false, Severity = UpdateSeverity.Urgent, Suggest = UpdateSuggestion.Reboot,
                Autokarma = false, StableKarma = 1, UnstableKarma = -1, Autotime = false, StableDays = 9, RequireBugs = false, RequireTestcases = false,
            },
            Token);
        Assert.EndsWith(
            """
            type:"security" display_name:"d" close_bugs:false severity:"urgent" suggest:"reboot" autokarma:false stable_karma:1 unstable_karma:-1 autotime:false stable_days:9 require_bugs:false require_testcases:false
            """,
            Written(server, "/updates/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extra_fields_of_users_replace_all_but_what_is_the_services_own()
    {
        await using var server = await BodhiServer.StartAsync();
        using var extra = JsonDocument.Parse("""
            {"type": "newpackage", "stable_karma": 5, "future": {"a": [true]}, "builds": ["evil-1-1"], "from_tag": "evil", "notes": "evil",
             "bugs": [6], "edited": "FEDORA-1", "csrf_token": "evil"}
            """);
        await server.Client().CreateUpdateAsync(
            Sample.Draft() with { StableKarma = 1, Extra = extra.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value) }, Token);
        Assert.Equal(
            """builds:["hello-1.0-1.fc43"] notes:"Update to 1.0" bugs:[] type:"newpackage" stable_karma:5 future:{"a":[true]}""",
            Written(server, "/updates/"));
    }

    [Fact]
    public async Task An_edit_sends_everything_back_with_the_change_made()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Reads["/updates/" + Sample.Alias] = StubAnswer.Json($$"""{"update": {{Sample.Update()}} }""");
        await server.Client().EditUpdateAsync(Sample.Alias, static draft => draft with { Builds = ["hello-1.0-2.fc43"], Notes = "Again" }, Token);
        Assert.Equal(
            $"""
            builds:["hello-1.0-2.fc43"] notes:"Again" bugs:[2401111] edited:"{Sample.Alias}" type:"bugfix" display_name:"hello and friends" close_bugs:false severity:"low" suggest:"logout" autokarma:false stable_karma:2 unstable_karma:-2 autotime:true stable_days:14 require_bugs:false require_testcases:true
            """,
            Written(server, "/updates/"));
    }

    [Fact]
    public async Task An_edit_of_a_side_tags_update_names_the_tag_again()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Reads["/updates/" + Sample.Alias] = StubAnswer.Json($$"""{"update": {{Sample.Update(fromTag: "f43-build-side-1")}} }""");
        await server.Client().EditUpdateAsync(Sample.Alias, static draft => draft, Token);
        Assert.StartsWith("""from_tag:"f43-build-side-1" notes:""", Written(server, "/updates/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_cannot_be_edited()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Reads["/updates/FEDORA-1"] = StubAnswer.Json(Sample.Errors(("url", "id", "Invalid update id")), 404);
        var failed = await Assert.ThrowsAsync<BodhiException>(() => server.Client().EditUpdateAsync("FEDORA-1", static draft => draft, Token));
        Assert.Equal((BodhiRefusal.NotFound, 0), (failed.Refusal, server.Attempts));
    }

    [Fact]
    public async Task A_step_can_be_asked_for()
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = static (_, _) => StubAnswer.Json($$"""{"update": {{Sample.Update(status: "unpushed")}} }""");
        var update = await server.Client().RequestAsync(Sample.Alias, UpdateRequest.Revoke, Token);
        Assert.Equal(UpdateStatus.Unpushed, update.Status);
        Assert.Equal($"update:\"{Sample.Alias}\" request:\"revoke\"", Written(server, $"/updates/{Sample.Alias}/request"));
        await Assert.ThrowsAsync<ArgumentException>(() => server.Client().RequestAsync("../x", UpdateRequest.Revoke, Token));
    }

    [Fact]
    public async Task A_comment_can_be_written()
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = static (_, _) => StubAnswer.Json("""{"comment": {"id": 7, "text": "hi", "timestamp": "2026-11-22 06:38:33", "user": {"name": "packit"}}, "caveats": []}""");
        Assert.Equal(7, (await server.Client().CommentAsync(Sample.Alias, "hi", Token)).Id);
        Assert.Equal($"update:\"{Sample.Alias}\" text:\"hi\" karma:0", Written(server, "/comments/"));
    }

    [Fact]
    public async Task A_lost_answer_is_sent_once_and_found_by_its_build()
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = static (_, _) => StubAnswer.Empty(200) with { Cut = true };
        server.Reads["/updates/?builds=hello-1.0-1.fc43&rows_per_page=50&page=1"] = StubAnswer.Json(Sample.Page(Sample.Update()));
        var client = server.Client();

        var lost = await Assert.ThrowsAsync<RemoteException>(() => client.CreateUpdateAsync(Sample.Draft(), Token));

        Assert.Equal((RemoteFailure.Unreachable, 1), (lost.Failure, server.Attempts));
        Assert.Equal(Sample.Alias, (await client.LiveUpdateOfAsync(["hello-1.0-1.fc43"], Token))!.Alias);
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_a_timeout_and_sent_once()
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = static (_, _) => StubAnswer.Json("{") with { NeverEnds = true };
        var client = server.Client(timeout: TimeSpan.FromSeconds(2));
        await client.LoggedInUserAsync(Token);
        var lost = await Assert.ThrowsAsync<RemoteException>(() => client.CreateUpdateAsync(Sample.Draft(), Token));
        Assert.Equal((RemoteFailure.Timeout, 1), (lost.Failure, server.Attempts));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"updates": [{"alias": "x"}]}""")]
    public async Task A_success_that_cannot_be_read_leaves_the_outcome_open(string body)
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = (_, _) => StubAnswer.Json(body);
        var failed = await Assert.ThrowsAnyAsync<RemoteException>(() => server.Client().CreateUpdateAsync(Sample.Draft(), Token));
        Assert.Equal((RemoteFailure.Unexpected, 1), (failed.Failure, server.Attempts));
    }

    [Fact]
    public async Task A_proxy_in_trouble_is_transient()
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = static (_, _) => StubAnswer.Json("<html>Bad gateway</html>", 503).With(("Retry-After", "30"));
        var failed = await Assert.ThrowsAsync<BodhiException>(() => server.Client().CreateUpdateAsync(Sample.Draft(), Token));
        Assert.Equal((true, TimeSpan.FromSeconds(30), 1), (failed.IsTransient, failed.RetryAfter!.Value, server.Attempts));
    }

    private static string Written(BodhiServer server, string path)
    {
        var (asked, body) = Assert.Single(server.Writes);
        Assert.Equal(path, asked);
        return string.Join(' ', body.EnumerateObject().Where(field => field.Name != "csrf_token").Select(field => $"{field.Name}:{field.Value.GetRawText().Replace("\\u0022", "\\\"", StringComparison.Ordinal)}"));
    }
}
