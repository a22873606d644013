using Packit.Sandbox.Hosting;
using Packit.Sandbox.Koji;

namespace Packit.Sandbox.Tests;

public sealed class KojiSessionTests : KojiStory
{
    private readonly SteppedClock _clock = new();

    protected override WorldOptions Options => base.Options with { Time = _clock, KojiGate = KojiGate.Token };

    [Fact]
    public async Task The_login_stands_behind_a_gate_of_its_own()
    {
        string login = KojiWire.Call("sslLogin", KojiWire.Keywords(("proxyuser", null)));

        var refused = await RawAsync("/ssllogin", login);
        var elsewhere = await PostAsync("", login);
        var taken = await OpenAsync();

        Assert.Equal((401, "Negotiate"), (refused.Status, refused.Headers["WWW-Authenticate"]));
        Assert.Contains("<h1>Unauthorized</h1>", refused.Text, StringComparison.Ordinal);
        Assert.Equal((1002, "could not verify client: None"), (elsewhere.Code, elsewhere.Fault));
        var user = await SendAsync("getLoggedInUser", taken, 0);
        Assert.Equal(("packit", 3, "packit@FEDORAPROJECT.ORG"), ((string)user["name"]!, (int)user["authtype"]!, (string)user["krb_principal"]!));
    }

    [Fact]
    public async Task A_password_logs_in_and_a_wrong_one_does_not()
    {
        var good = await AskAsync("login", "packit", World.Koji.Password);
        var bad = await AskAsync("login", "packit", "x");

        Assert.Equal(0, (await SendAsync("getLoggedInUser", (good["session-id"]!.ToString()!, (string)good["session-key"]!), 0))["authtype"]);
        Assert.Equal((1002, "invalid username or password"), (bad.Code, bad.Fault));
    }

    [Fact]
    public async Task The_number_of_a_call_that_changed_something_cannot_be_used_again()
    {
        await PackageAsync();
        var session = await OpenAsync();

        int task = (await SendAsync("build", session, 5, "git+https://src.fedoraproject.org/rpms/python-ogr.git#f43", "f43-candidate")).Number;
        var again = await SendAsync("build", session, 5, "git+https://src.fedoraproject.org/rpms/python-ogr.git#f43", "f43-candidate");
        var older = await SendAsync("getLoggedInUser", session, 4);

        Assert.Equal((1009, $"unable to retry call 5 (method build) for session {session.Id}"), (again.Code, again.Fault));
        Assert.Equal((1008, $"5 > 4 (session {session.Id})"), (older.Code, older.Fault));
        Assert.Equal(task, Assert.Single(World.Koji.Tasks, one => one.Method == "build").Id);
    }

    [Fact]
    public async Task Reading_leaves_the_number_alone_but_several_calls_at_once_do_not()
    {
        var session = await OpenAsync();
        object?[] reads = [new Dictionary<string, object?> { ["methodName"] = "getKojiVersion", ["params"] = Array.Empty<object>() }];

        await SendAsync("getLoggedInUser", session, 7);
        Assert.Equal(0, (await SendAsync("getLoggedInUser", session, 7)).Code);
        await SendAsync("multiCall", session, 7, [reads]);

        Assert.Equal(1009, (await SendAsync("getLoggedInUser", session, 7)).Code);
        Assert.Equal(0, (await SendAsync("getLoggedInUser", session, null)).Code);
    }

    [Fact]
    public async Task Hubs_of_an_older_kind_do_not_look_at_the_number_under_its_right_name()
    {
        await PackageAsync();
        World.Koji.CallNumberHeader = "Koji-Callnum";
        var session = await OpenAsync();

        await SendAsync("createSideTag", session, 1, "f43-build");

        Assert.Equal(0, (await SendAsync("createSideTag", session, 1, "f43-build")).Code);
        Assert.Equal(2, World.Koji.SideTags.Count);
    }

    [Fact]
    public async Task A_session_ends_after_a_day_when_it_is_told_to_and_when_it_logs_out()
    {
        var first = await OpenAsync();
        _clock.Move(TimeSpan.FromHours(25));
        var old = await SendAsync("getLoggedInUser", first, 0);
        var second = await OpenAsync();
        World.Koji.ExpireSessions();
        var expired = await SendAsync("getLoggedInUser", second, 0);
        var third = await OpenAsync();
        await SendAsync("logout", third, 0);
        var dead = await SendAsync("getLoggedInUser", third, 1);
        var fourth = await OpenAsync();
        World.Koji.DropSessions();
        var dropped = await SendAsync("getLoggedInUser", fourth, 1);

        Assert.Equal((1007, $"session \"{first.Id}\" has expired"), (old.Code, old.Fault));
        Assert.Equal(1007, expired.Code);
        Assert.Equal((1002, "Invalid session or bad credentials"), (dead.Code, dead.Fault));
        Assert.Equal(1002, dropped.Code);
        Assert.Equal(1002, (await SendAsync("getLoggedInUser", (first.Id, "x"), 0)).Code);
    }

    [Fact]
    public async Task A_renewed_session_keeps_its_id_and_its_number()
    {
        await PackageAsync();
        var session = await OpenAsync();
        await SendAsync("createSideTag", session, 3, "f43-build");
        World.Koji.ExpireSessions();

        var renewed = await PostAsync(
            "/ssllogin", KojiWire.Call("sslLogin", KojiWire.Keywords(("proxyuser", null), ("renew", true))),
            ("Authorization", "Bearer " + World.Koji.Token), ("Koji-Session-Id", session.Id), ("Koji-Session-Key", session.Key));

        Assert.Equal(session.Id, renewed["session-id"]!.ToString());
        Assert.NotEqual(session.Key, renewed["session-key"]);
        Assert.Equal(1008, (await SendAsync("getLoggedInUser", (session.Id, (string)renewed["session-key"]!), 0)).Code);
    }

    [Fact]
    public async Task A_session_in_the_query_counts_too()
    {
        var (id, key) = await OpenAsync();

        var answer = await PostAsync($"?session-id={id}&session-key={key}&callnum=1", KojiWire.Call("getLoggedInUser"));

        Assert.Equal("packit", answer["name"]);
        Assert.Null((await AskAsync("getLoggedInUser")).Value);
    }

    [Fact]
    public async Task What_is_no_call_is_told_apart_from_what_fails()
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, World.KojiHub);

        var notAllowed = await SendAsync(get);
        var cut = await RawAsync("", "<foo>");
        var text = await RawAsync("", "not xml");

        Assert.Equal((405, "POST"), (notAllowed.Status, notAllowed.Headers["Allow"]));
        Assert.Equal("Method Not Allowed\nThis is an XML-RPC server. Only POST requests are accepted.\n", notAllowed.Text);
        Assert.Equal((400, "Invalid request: no element found: line 1, column 5\n"), (cut.Status, cut.Text));
        Assert.Equal((400, "Invalid request: syntax error: line 1, column 0\n"), (text.Status, text.Text));
        Assert.Equal((400, "Empty request\n"), ((await RawAsync("", "")).Status, (await RawAsync("", "")).Text));
    }

    [Theory]
    [InlineData("nosuch", 1000, "Invalid method: nosuch")]
    [InlineData("getBuild", 1019, "get_build() missing 1 required positional argument: 'buildInfo'")]
    [InlineData("build", 1019, "RootExports.build() missing 2 required positional arguments: 'src' and 'target'")]
    public async Task A_wrong_call_is_named(string method, int code, string text)
    {
        var answer = await AskAsync(method);

        Assert.Equal((code, text), (answer.Code, answer.Fault));
    }

    [Fact]
    public async Task Arguments_too_many_or_unknown_are_named_and_a_login_is_asked_for_last()
    {
        var many = await AskAsync("getTag", 1, 2, 3, 4, 5);
        var unknown = await AskAsync("getTag", "f43", KojiWire.Keywords(("nope", 1)));
        var anonymous = await AskAsync("build", "a", "b");

        Assert.Equal("get_tag() takes from 1 to 4 positional arguments but 5 were given", many.Fault);
        Assert.Equal((1019, "get_tag() got an unexpected keyword argument 'nope'"), (unknown.Code, unknown.Fault));
        Assert.Equal((1004, "you must be logged in for this operation"), (anonymous.Code, anonymous.Fault));
    }

    [Fact]
    public async Task A_hub_that_is_off_line_says_so_to_everybody()
    {
        World.Koji.IsOffline = true;

        Assert.Equal(1014, (await AskAsync("getKojiVersion")).Code);
    }

    [Fact]
    public async Task A_fault_hits_a_method_by_its_name_after_the_call_was_taken()
    {
        await PackageAsync();
        var session = await OpenAsync();
        World.Faults.Add(new Fault { Server = Servers.Koji, Call = "createSideTag", Kind = new FaultKind.EffectThenCut() });

        Assert.Equal(0, (await SendAsync("getLoggedInUser", session, 0)).Code);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync("createSideTag", session, 1, "f43-build"));

        Assert.Single(World.Koji.SideTags);
        Assert.Equal(1009, (await SendAsync("createSideTag", session, 1, "f43-build")).Code);
        Assert.Equal(2, World.Requests.CountCalls("createSideTag"));
    }

    [Fact]
    public async Task A_method_can_be_made_to_answer_a_fault_for_a_while()
    {
        World.Faults.Add(new Fault { Server = Servers.Koji, Call = "getTag", Times = 2, Kind = KojiStandIn.Answer(1014, "database outage") });
        object?[] both = [One("getKojiVersion"), One("getTag", "f43")];

        var alone = await AskAsync("getTag", "f43");
        var among = await AskAsync("multiCall", [both]);
        var then = await AskAsync("multiCall", [both]);

        Assert.Equal((1014, "database outage"), (alone.Code, alone.Fault));
        Assert.Equal(1014, among.Code);
        Assert.Equal("f43", KojiAnswer.Of(((List<object?>)then.List[1]!)[0], "name"));
        Assert.Equal(["multiCall", "getKojiVersion", "getTag"], World.Requests.All[^1].Calls);

        static Dictionary<string, object?> One(string name, params object?[] parameters) => new() { ["methodName"] = name, ["params"] = parameters };
    }

    private async Task<(string Id, string Key)> OpenAsync()
    {
        var answer = await PostAsync(
            "/ssllogin", KojiWire.Call("sslLogin", KojiWire.Keywords(("proxyuser", null))), ("Authorization", "Bearer " + World.Koji.Token));
        return (answer["session-id"]!.ToString()!, (string)answer["session-key"]!);
    }

    private Task<KojiAnswer> SendAsync(string method, (string Id, string Key) session, int? number, params object?[] parameters)
    {
        List<(string, string)> headers = [("Koji-Session-Id", session.Id), ("Koji-Session-Key", session.Key)];
        if (number is { } given)
        {
            headers.Add(("Koji-Session-Callnum", given.ToString()));
        }

        return PostAsync("", KojiWire.Call(method, parameters), [.. headers]);
    }
}
