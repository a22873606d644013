using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Packit.Sandbox.Bodhi;

namespace Packit.Sandbox.Tests;

public sealed class BodhiUpdateTests : BodhiStory
{
    [Fact]
    public async Task A_new_update_waits_for_testing_and_bears_the_recorded_shape()
    {
        await LoginAsync();
        var made = await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "enhancement"), ("notes", "Automatic update"), ("request", "testing"));

        Assert.Equal(200, made.Status);
        Assert.Matches("^FEDORA-2026-[0-9a-f]{10}$", made.Json["alias"]!.ToString());
        Assert.Equal(("pending", "testing", "7"), (made.Json["status"]!.ToString(), made.Json["request"]!.ToString(), made.Json["stable_days"]!.ToString()));
        Assert.Equal("The number of stable days required was set to the mandatory release value of 7 days", made.Json["caveats"]![0]!["description"]!.ToString());
        Assert.Equal("This update has been submitted for testing by packit. ", made.Json["comments"]![0]!["text"]!.ToString());
        Shape.Same(Recordings.Answers("bodhi-wire", "0010.txt", "POST /updates/ ")[0], made.Json);
    }

    [Fact]
    public async Task A_newer_update_obsoletes_the_older_and_takes_over_its_notes_bugs_and_gravity()
    {
        await LoginAsync();
        var older = await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "security"), ("severity", "low"), ("notes", "Old"), ("bugs", "100,200"));
        var newer = await SaveAsync(("builds", "hello-1.1-1.fc43"), ("type", "enhancement"), ("notes", "New"), ("bugs", "300"));

        Assert.Equal("New\n\n----\n\nOld", newer.Json["notes"]!.ToString());
        Assert.Equal("security", newer.Json["type"]!.ToString());
        Assert.Equal([300, 100, 200], newer.Json["bugs"]!.AsArray().Select(bug => (int)bug!["bug_id"]!));
        var gone = World.Bodhi.Find(older.Json["alias"]!.ToString())!;
        Assert.Equal(("obsolete", null), (gone.Status, gone.Request));
        Assert.Equal($"This update has been obsoleted by [hello-1.1-1.fc43]({newer.Json["url"]}).", gone.Comments[^1]);
        Assert.DoesNotContain("f43-updates-candidate", Koji.TagsOf("hello-1.0-1.fc43"));
    }

    [Fact]
    public async Task An_edit_sets_to_the_default_what_it_does_not_say()
    {
        await LoginAsync();
        var made = await SaveAsync(
            ("builds", "hello-1.0-1.fc43"), ("type", "security"), ("severity", "high"), ("notes", "First"), ("autokarma", "False"), ("stable_karma", "1"), ("display_name", "Hello"));
        string alias = made.Json["alias"]!.ToString();

        var edited = await SaveAsync(("edited", alias), ("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "edited notes"), ("bugs", ""));
        var stumbled = await SaveAsync(("edited", alias), ("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "edited notes"));

        Assert.Equal("unspecified", edited.Json["severity"]!.ToString());
        Assert.Equal(("true", "3", ""), (edited.Json["autokarma"]!.ToString(), edited.Json["stable_karma"]!.ToString(), edited.Json["display_name"]!.ToString()));
        Assert.NotNull(edited.Json["date_modified"]);
        Assert.Equal((400, "Unable to create update.  'NoneType' object is not iterable"), (stumbled.Status, Error(stumbled)));
        var message = Message("edit");
        Shape.Same(Recordings.Message("0110")["body"]!, message);
        Assert.Empty(message["new_builds"]!.AsArray());
    }

    [Fact]
    public async Task Other_builds_begin_from_the_start()
    {
        await LoginAsync();
        string alias = (await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "First"))).Json["alias"]!.ToString();
        World.Bodhi.PushToTesting(alias);
        World.Bodhi.Comment(alias, "alice", "works", 1);
        Assert.Equal(1, World.Bodhi.Find(alias)!.Karma);

        var edited = await SaveAsync(("edited", alias), ("builds", "hello-1.1-1.fc43"), ("type", "bugfix"), ("notes", "Second"), ("bugs", ""));

        Assert.Equal(("pending", "testing", "0"), (edited.Json["status"]!.ToString(), edited.Json["request"]!.ToString(), edited.Json["karma"]!.ToString()));
        Assert.Equal("hello-1.1-1.fc43", Message("edit")["new_builds"]![0]!.ToString());
        Assert.Equal("hello-1.0-1.fc43", Message("edit")["removed_builds"]![0]!.ToString());
    }

    [Fact]
    public async Task Json_bodies_do_as_well_as_forms_and_a_token_in_a_header_does_not_count()
    {
        await LoginAsync();
        var json = new JsonObject
        {
            ["csrf_token"] = Token, ["builds"] = new JsonArray("hello-1.0-1.fc43"), ["type"] = "enhancement", ["notes"] = "Notes", ["bugs"] = new JsonArray(123), ["autokarma"] = false,
        };
        using var good = new HttpRequestMessage(HttpMethod.Post, new Uri(World.BodhiApi, "updates/")) { Content = Json(json) };
        json.Remove("csrf_token");
        using var bad = new HttpRequestMessage(HttpMethod.Post, new Uri(World.BodhiApi, "updates/")) { Content = Json(json) };
        bad.Headers.Add("X-CSRF-Token", Token);

        var made = await CallAsync(good);
        var refused = await CallAsync(bad);

        Assert.Equal((200, "false", "123"), (made.Status, made.Json["autokarma"]!.ToString(), made.Json["bugs"]![0]!["bug_id"]!.ToString()));
        Assert.Equal((400, "csrf_token"), (refused.Status, refused.Json["errors"]![0]!["name"]!.ToString()));
    }

    [Fact]
    public async Task From_a_side_tag_come_all_its_builds_and_no_request()
    {
        await LoginAsync();
        Koji.Add("hello-2.0-1.fc43", "f43-build-side-7");
        Koji.Add("world-2.0-1.fc43", "f43-build-side-7");

        var made = await SaveAsync(("from_tag", "f43-build-side-7"), ("type", "enhancement"), ("notes", "side tag update"));
        var again = await SaveAsync(("from_tag", "f43-build-side-7"), ("type", "enhancement"), ("notes", "side tag update"));
        var empty = await SaveAsync(("builds", ""), ("from_tag", "f43-build-side-7"), ("type", "enhancement"), ("notes", "side tag update"));

        Assert.Equal(2, made.Json["builds"]!.AsArray().Count);
        Assert.Null(made.Json["request"]);
        Assert.Equal("f43-build-side-7", made.Json["from_tag"]!.ToString());
        Assert.Equal("Update already exists using this side tag", Error(again));
        Assert.Equal(("builds.0", "Required"), (empty.Json["errors"]![0]!["name"]!.ToString(), Error(empty)));
        Shape.Same(Recordings.Answers("bodhi-wire", "0013.txt", "POST /updates/ ")[0], made.Json);
    }

    [Fact]
    public async Task Builds_of_two_releases_make_two_updates()
    {
        await LoginAsync();
        Koji.Add("hello-1.0-1.fc42", "f42-updates-candidate");

        var made = await SaveAsync(("builds", "hello-1.0-1.fc43 hello-1.0-1.fc42"), ("type", "enhancement"), ("notes", "Both"));

        Assert.Equal(["F43", "F42"], made.Json["updates"]!.AsArray().Select(update => update!["release"]!["name"]!.ToString()));
        Assert.NotNull(made.Json["caveats"]);
    }

    [Fact]
    public async Task Updates_are_found_by_build_alias_release_status_and_user_in_pages()
    {
        await LoginAsync();
        Koji.Add("world-1.0-1.fc42", "f42-updates-candidate");
        string hello = (await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "First"))).Json["alias"]!.ToString();
        string world = (await SaveAsync(("builds", "world-1.0-1.fc42"), ("type", "bugfix"), ("notes", "Second"))).Json["alias"]!.ToString();

        Assert.Equal([hello], await FindAsync("builds=hello-1.0-1.fc43"));
        Assert.Equal([world], await FindAsync("alias=" + world));
        Assert.Equal([world], await FindAsync("releases=F42"));
        Assert.Equal([hello], await FindAsync("packages=hello&status=pending&user=packit"));
        Assert.Equal([hello], await FindAsync("rows_per_page=1&page=2"));
        Assert.Empty(await FindAsync("builds=nothing-1-1.fc43"));
        Assert.Equal("Invalid user specified: nobody", Error(await GetAsync("updates/?user=nobody")));
        Assert.Equal("Invalid releases specified: F1", Error(await GetAsync("updates/?releases=F1")));
        var one = (await GetAsync("updates/?builds=hello-1.0-1.fc43")).Json;
        Shape.Same(Recordings.Answers("bodhi-wire", "0011.txt", "GET /updates/")[0], one);
        Shape.Same(Recordings.Answers("bodhi-wire", "0003.txt", "GET /updates/")[0], (await GetAsync("updates/?builds=x-1-1")).Json);
        Shape.Same(one["updates"]![0]!, (await GetAsync("updates/" + hello)).Json["update"]!);
    }

    [Fact]
    public async Task From_pending_over_testing_to_stable_the_builds_move_and_the_bus_is_told()
    {
        await LoginAsync();
        string alias = (await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "First"))).Json["alias"]!.ToString();
        var early = await PostAsync($"updates/{alias}/request", ("update", alias), ("request", "stable"));
        World.Bodhi.PushToTesting(alias);
        Assert.Equal(["f43-updates-testing"], Koji.TagsOf("hello-1.0-1.fc43"));
        World.Bodhi.MeetRequirements(alias);
        var asked = await PostAsync($"updates/{alias}/request", ("update", alias), ("request", "stable"));
        World.Bodhi.PushToStable(alias);

        Assert.Equal(400, early.Status);
        Assert.StartsWith("This update has not yet met the minimum testing requirements", Error(early), StringComparison.Ordinal);
        Assert.Equal("stable", asked.Json["update"]!["request"]!.ToString());
        Assert.Equal(["f43-updates"], Koji.TagsOf("hello-1.0-1.fc43"));
        Assert.Equal(
            ["status.testing.koji-build-group.build.complete", "request.testing", "complete.testing", "requirements_met.stable", "request.stable", "complete.stable"],
            Topics());
        var edit = await SaveAsync(("edited", alias), ("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "late"), ("bugs", ""));
        Assert.Equal("Cannot edit stable updates", Error(edit));
    }

    [Fact]
    public async Task A_revoked_update_comes_back_and_an_unpushed_one_gives_its_build_free()
    {
        await LoginAsync();
        string alias = (await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "First"))).Json["alias"]!.ToString();

        var revoked = await PostAsync($"updates/{alias}/request", ("request", "revoke"));
        var back = await PostAsync($"updates/{alias}/request", ("request", "testing"));
        World.Bodhi.Unpush(alias);
        var next = await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "Again"));

        Assert.Equal(("unpushed", null), (revoked.Json["update"]!["status"]!.ToString(), revoked.Json["update"]!["request"]?.ToString()));
        Assert.Equal(("pending", "testing"), (back.Json["update"]!["status"]!.ToString(), back.Json["update"]!["request"]!.ToString()));
        Assert.Equal(200, next.Status);
        Assert.Equal([next.Json["alias"]!.ToString()], await FindAsync("builds=hello-1.0-1.fc43"));
        Shape.Same(Recordings.Message("0111")["body"]!, Message("request.revoke"));
    }

    [Theory]
    [InlineData("0081", "status.testing.koji-build-group.build.complete")]
    [InlineData("0082", "request.testing")]
    [InlineData("0083", "comment")]
    [InlineData("0140", "complete.testing")]
    [InlineData("0143", "complete.stable")]
    public async Task A_message_has_the_members_of_the_recorded_one(string number, string topic)
    {
        var recorded = Recordings.Message(number);
        await LoginAsync();
        string alias = (await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "First"))).Json["alias"]!.ToString();
        var comment = await PostAsync("comments/", ("update", alias), ("text", "works for me"), ("karma", "1"));
        World.Bodhi.PushToTesting(alias);
        World.Bodhi.PushToStable(alias);

        var message = World.Bus.History.Last(message => message.Topic.EndsWith("bodhi.update." + topic, StringComparison.Ordinal));
        Assert.Equal(recorded["routing_key"]!.ToString(), message.Topic);
        Shape.Same(recorded["body"]!, JsonNode.Parse(message.Body)!);
        var headers = recorded["properties"]!["headers"]!;
        foreach (string name in (string[])["fedora_messaging_schema", "fedora_messaging_schema_package", "fedora_messaging_severity"])
        {
            Assert.Equal(headers[name]!.ToString(), message.Headers()[name]!.ToString());
        }

        Assert.True((bool)message.Headers()["fedora_messaging_rpm_hello"]!);
        Assert.True((bool)message.Headers()["fedora_messaging_user_packit"]!);
        Assert.Equal("You may not give karma to your own updates.", comment.Json["caveats"]![0]!["description"]!.ToString());
        Shape.Same(Recordings.Answers("bodhi-wire", "0010.txt", "POST /comments/")[0], comment.Json);
    }

    [Fact]
    public async Task A_build_of_rawhide_gets_its_update_by_itself_and_none_by_hand()
    {
        await LoginAsync();
        Koji.Add("hello-2.0-1.fc44", "f44-updates-candidate");
        var byHand = await SaveAsync(("builds", "hello-2.0-1.fc44"), ("type", "bugfix"), ("notes", "By hand"));
        var tagged = new JsonObject
        {
            ["instance"] = "primary", ["tag"] = "f44-updates-candidate", ["name"] = "hello", ["version"] = "2.0", ["release"] = "1.fc44",
        };
        World.Bus.Loses = _ => true;
        World.Bus.Publish("buildsys.tag", tagged);
        World.Bus.Publish("buildsys.tag", (JsonObject)tagged.DeepClone());
        await World.Bus.QuietAsync(Ct);

        Assert.StartsWith("Cannot manually create updates for a Release which is not composed by Bodhi.", Error(byHand), StringComparison.Ordinal);
        var update = Assert.Single(World.Bodhi.Updates);
        Assert.Equal(("F44", "stable", "Automatic update for hello-2.0-1.fc44."), (update.Release, update.Status, update.Notes));
        Assert.Equal(["f44"], Koji.TagsOf("hello-2.0-1.fc44"));
        Assert.Equal("Update for hello-2.0-1.fc44 already exists", Error(await SaveAsync(("builds", "hello-2.0-1.fc44"), ("type", "bugfix"), ("notes", "By hand"))));
    }

    [Fact]
    public async Task Updates_and_the_login_outlive_a_restart()
    {
        await LoginAsync();
        string alias = (await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "First"), ("bugs", "100"))).Json["alias"]!.ToString();
        var before = World.Bodhi.Find(alias)!;

        await RestartAsync();

        var after = World.Bodhi.Find(alias)!;
        Assert.Equivalent(before, after);
        var comment = await PostAsync("comments/", ("update", alias), ("text", "still here"));
        Assert.Equal(HttpStatusCode.OK, (HttpStatusCode)comment.Status);
        Assert.Contains(World.Bus.History, message => message.Topic.EndsWith("request.testing", StringComparison.Ordinal));
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task<string[]> FindAsync(string query) =>
        [.. (await GetAsync("updates/?" + query)).Json["updates"]!.AsArray().Select(update => update!["alias"]!.ToString())];

    private string[] Topics() => [.. World.Bus.History.Select(message => message.Topic).Where(topic => topic.Contains("bodhi.update.", StringComparison.Ordinal))
        .Select(topic => topic["org.fedoraproject.prod.bodhi.update.".Length..])];

    private JsonNode Message(string topic) =>
        JsonNode.Parse(World.Bus.History.Last(message => message.Topic == "org.fedoraproject.prod.bodhi.update." + topic).Body)!;
}
