namespace Packit.Sandbox.Tests;

public sealed class BodhiRefusalTests : BodhiStory
{
    [Theory]
    [InlineData("save again (duplicate)", "hello-1.1-1.fc43", "python-ogr-1.14-1.fc41.4444444")]
    [InlineData("save unknown build", "hello-9.9-1.fc43", "python-ogr-9.9-1.fc41")]
    public async Task Refusals_of_builds_say_what_the_real_ones_say(string line, string build, string recordedBuild)
    {
        var recorded = Recordings.Below("bodhi-client.out", line);
        await LoginAsync();
        await SaveAsync(("builds", "hello-1.1-1.fc43"), ("type", "bugfix"), ("notes", "First"));

        var refused = await SaveAsync(("builds", build), ("type", "enhancement"), ("notes", "again"));

        Assert.Equal(400, refused.Status);
        Assert.Equal(recorded.ToJsonString().Replace(recordedBuild, build, StringComparison.Ordinal), refused.Json.ToJsonString());
    }

    [Fact]
    public async Task A_wrong_csrf_token_is_refused_with_the_recorded_text()
    {
        var recorded = Recordings.Below("bodhi-client.out", "bad csrf");
        await LoginAsync();
        var refused = await CallAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(World.BodhiApi, "updates/"))
        {
            Content = new FormUrlEncodedContent([new("csrf_token", "x"), new("builds", "hello-1.0-1.fc43"), new("notes", "nn"), new("type", "bugfix")]),
        });

        Assert.Equal(400, refused.Status);
        Assert.Equal(recorded.ToJsonString(), refused.Json.ToJsonString());
    }

    [Fact]
    public async Task An_unknown_update_is_refused_as_recorded()
    {
        var request = Recordings.Below("bodhi-client.out", "request bogus");
        await LoginAsync();

        var asked = await PostAsync("updates/FEDORA-2026-xxxx/request", ("request", "testing"));
        var shown = await GetAsync("updates/FEDORA-2026-xxxx");
        var comments = await GetAsync("comments/?updates=x");

        Assert.Equal((404, request.ToJsonString()), (asked.Status, asked.Json.ToJsonString()));
        Assert.Equal((404, "Invalid update id"), (shown.Status, Error(shown)));
        Assert.Equal((400, "Invalid updates specified: x"), (comments.Status, Error(comments)));
    }

    [Theory]
    [InlineData("type", "wrong", "\"wrong\" is not one of bugfix, security, newpackage, enhancement, unspecified")]
    [InlineData("notes", "x", "Shorter than minimum length 2")]
    [InlineData("notes", "", "Required")]
    [InlineData("stable_karma", "0", "0 is less than minimum value 1")]
    [InlineData("unstable_karma", "0", "0 is greater than maximum value -1")]
    [InlineData("severity", "wrong", "\"wrong\" is not one of unspecified, urgent, high, medium, low")]
    public async Task Fields_are_checked_before_builds(string field, string value, string text)
    {
        await LoginAsync();
        Dictionary<string, string> fields = new() { ["builds"] = "hello-9.9-1.fc43", ["type"] = "bugfix", ["notes"] = "Notes", [field] = value };

        var refused = await SaveAsync([.. fields.Select(pair => (pair.Key, pair.Value))]);

        Assert.Equal((400, field, text), (refused.Status, Assert.Single(refused.Json["errors"]!.AsArray())!["name"]!.ToString(), Error(refused)));
    }

    [Fact]
    public async Task A_build_must_have_the_candidate_tag_of_a_release()
    {
        await LoginAsync();
        Koji.Add("hello-3-1.fc43");
        Koji.Add("hello-4-1.fc43", "epel99-x");
        Koji.Add("hello-5-1.fc43", "f43-signing-pending");

        Assert.Equal("Cannot find any tags associated with build: hello-3-1.fc43", await RefusalAsync("hello-3-1.fc43"));
        Assert.Equal("Cannot find release associated with build: hello-4-1.fc43, tags: ['epel99-x']", await RefusalAsync("hello-4-1.fc43"));
        Assert.Equal("Invalid tag: hello-5-1.fc43 not tagged with any of the following tags ['f43-updates-candidate']", await RefusalAsync("hello-5-1.fc43"));
        Koji.Tag("hello-5-1.fc43", "f43-updates-candidate");
        Assert.Equal(200, (await SaveAsync(("builds", "hello-5-1.fc43"), ("type", "bugfix"), ("notes", "Notes"))).Status);
    }

    [Fact]
    public async Task Who_may_not_commit_is_named_with_the_package()
    {
        await LoginAsync();
        World.FindPackage("hello")!.SetAccess("packit", "ticket");
        var noRights = await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "Notes"));
        World.Bodhi.DistGitIsAway = true;
        var away = await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "Notes"));
        World.Bodhi.DistGitIsAway = false;
        World.Fasjson.RemoveFromGroup("packit", "packager");
        await LoginAsync();
        var stranger = await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "Notes"));

        Assert.Equal((403, "packit does not have commit access to hello"), (noRights.Status, Error(noRights)));
        Assert.StartsWith("Unable to access Pagure to check ACLs", Error(away), StringComparison.Ordinal);
        Assert.Equal((403, "packit is not a member of \"packager\", which is a mandatory packager group"), (stranger.Status, Error(stranger)));
    }

    [Fact]
    public async Task A_security_update_needs_its_severity_and_a_locked_one_is_left_alone()
    {
        await LoginAsync();
        var without = await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "security"), ("notes", "Notes"));
        string alias = (await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "security"), ("severity", "high"), ("notes", "Notes"))).Json["alias"]!.ToString();
        World.Bodhi.SetLocked(alias, true);
        var request = await PostAsync($"updates/{alias}/request", ("request", "unpush"));
        var edit = await SaveAsync(("edited", alias), ("builds", "hello-1.1-1.fc43"), ("type", "bugfix"), ("notes", "Notes"), ("bugs", ""));

        Assert.Equal("Must specify severity for a security update", Error(without));
        Assert.Equal("Can't change request on a locked update", Error(request));
        Assert.Equal("Can't add builds to a locked update", Error(edit));
    }

    private async Task<string> RefusalAsync(string build)
    {
        var refused = await SaveAsync(("builds", build), ("type", "bugfix"), ("notes", "Notes"));
        Assert.Equal(400, refused.Status);
        return Error(refused);
    }
}
