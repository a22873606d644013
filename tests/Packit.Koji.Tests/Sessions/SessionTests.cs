using Packit.Http;
using Packit.Koji.Tests.Hub;
using Packit.TestSupport;

namespace Packit.Koji.Tests.Sessions;

public class SessionTests
{
    private const string Me = "getLoggedInUser()";
    private static readonly KojiBuildRequest Request =
        new(ScmUrl.Of(new Uri("https://src.fedoraproject.org/rpms/x.git"), new string('a', 40)), "f43-candidate");

    private static readonly string User = Xml.Struct(
        ("id", Xml.Int(2)), ("name", Xml.Text("packit")), ("status", Xml.Int(0)), ("usertype", Xml.Int(0)), ("krb_principals", Xml.List()), ("authtype", Xml.Int(0)));

    private static readonly string Build = $"build('{Request.Source}', 'f43-candidate', {{}})";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_rise_with_each_call_in_one_session()
    {
        await using var hub = await HubAsync();
        await using (var client = hub.Client())
        {
            Assert.Equal("packit", (await client.LoggedInUserAsync(Token)).Name);
            Assert.Equal(7, await client.StartBuildAsync(Request, Token));
            Assert.Equal(7, await client.StartBuildAsync(Request, Token));
        }

        Assert.Equal(["login('packit', 's3cret')", $"101#0 {Me}", $"101#1 {Build}", $"101#2 {Build}", "101#3 logout()"], hub.Calls);
    }

    [Fact]
    public async Task Without_a_need_nobody_logs_in_or_out()
    {
        await using var hub = await HubAsync();
        await using (var client = hub.Client())
        {
            Assert.Null(await client.BuildAsync("x-1-1", Token));
        }

        Assert.Equal(["getBuild('x-1-1')"], hub.Calls);
    }

    [Fact]
    public async Task Calls_of_many_at_once_go_one_after_the_other_with_one_login()
    {
        await using var hub = await HubAsync();
        await using var client = hub.Client();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(Task (at) => at % 2 == 0 ? client.StartBuildAsync(Request, Token) : client.LoggedInUserAsync(Token)));

        Assert.False(hub.Overlapped);
        Assert.Equal(1, hub.Logins);
        Assert.Equal(Enumerable.Range(0, 40), hub.Calls.Skip(1).Select(call => int.Parse(call[4..call.IndexOf(' ', StringComparison.Ordinal)])));
    }

    [Fact]
    public async Task A_hub_that_knows_no_headers_gets_the_session_in_the_query()
    {
        await using var hub = await HubAsync();
        hub.TakesHeaders = false;
        await using var client = hub.Client();
        Assert.Equal(7, await client.StartBuildAsync(Request, Token));
        Assert.Equal($"101#0 {Build}", hub.Calls[^1]);
    }

    [Fact]
    public async Task An_expired_or_forgotten_session_is_replaced_once_also_for_a_write()
    {
        await using var hub = await HubAsync();
        await using var client = hub.Client();
        await client.LoggedInUserAsync(Token);
        hub.Expire();
        Assert.Equal(7, await client.StartBuildAsync(Request, Token));
        hub.Forget();
        Assert.Equal("packit", (await client.LoggedInUserAsync(Token)).Name);
        Assert.Equal(
            ["login('packit', 's3cret')", $"101#0 {Me}", $"101#1 {Build}", "login('packit', 's3cret')", $"102#0 {Build}", $"102#1 {Me}", "login('packit', 's3cret')", $"103#0 {Me}"],
            hub.Calls);
    }

    [Fact]
    public async Task A_session_that_is_refused_again_is_given_up()
    {
        await using var hub = await HubAsync();
        hub.On("build", _ => HubReply.Fault(1002, "Invalid session or bad credentials"));
        await using var client = hub.Client();
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(Request, Token));
        Assert.Equal((RemoteFailure.Unauthorized, KojiFaultCode.Auth, KojiEffect.None), (failed.Failure, failed.Code, failed.Effect));
        Assert.Equal(2, hub.Logins);
    }

    [Fact]
    public async Task When_the_hub_says_that_we_must_log_in_we_do()
    {
        await using var hub = await HubAsync();
        hub.OnEach("build", HubReply.Fault(1004, "you must be logged in for this operation"), HubReply.Of(Xml.Int(8)));
        await using var client = hub.Client();
        Assert.Equal(8, await client.StartBuildAsync(Request, Token));
        Assert.Equal(2, hub.Logins);
    }

    [Fact]
    public async Task A_right_that_is_missing_is_no_reason_to_log_in_again()
    {
        await using var hub = await HubAsync();
        hub.On("build", _ => HubReply.Fault(1004, "policy violation (build_from_scm)"));
        await using var client = hub.Client();
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(Request, Token));
        Assert.Equal((RemoteFailure.Forbidden, 1), (failed.Failure, hub.Logins));
    }

    [Fact]
    public async Task An_old_session_is_replaced_before_the_hub_ends_it()
    {
        await using var hub = await HubAsync();
        var time = new ManualTime();
        await using var client = hub.Client(time: time);
        await client.StartBuildAsync(Request, Token);
        time.Advance(TimeSpan.FromHours(13));
        await client.StartBuildAsync(Request, Token);
        Assert.Equal(["login('packit', 's3cret')", $"101#0 {Build}", "101#1 logout()", "login('packit', 's3cret')", $"102#0 {Build}"], hub.Calls);
    }

    [Fact]
    public async Task The_lost_answer_of_a_write_is_told_and_the_write_not_repeated()
    {
        await using var hub = await HubAsync();
        hub.OnEach("build", HubReply.Of(Xml.Int(7)), HubReply.Lost, HubReply.Page(502), HubReply.Page(200), HubReply.Raw("<methodRes"), HubReply.Of(Xml.Int(8)));
        await using var client = hub.Client();
        // The connection is warm, so that nothing below repeats the request on a new one.
        await client.StartBuildAsync(Request, Token);

        foreach (var failure in new[] { RemoteFailure.Unreachable, RemoteFailure.ServerError, RemoteFailure.Unexpected, RemoteFailure.Unexpected })
        {
            var lost = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(Request, Token));
            Assert.Equal((failure, KojiEffect.Unknown), (lost.Failure, lost.Effect));
        }

        Assert.Equal(8, await client.StartBuildAsync(Request, Token));
        Assert.Equal(Enumerable.Range(0, 6).Select(number => $"101#{number} {Build}"), hub.Calls.Skip(1));
    }

    [Fact]
    public async Task A_write_that_takes_too_long_is_told_as_lost()
    {
        await using var hub = await HubAsync();
        hub.On("build", _ => HubReply.Raw("<methodResponse>") with { Hangs = true });
        await using var client = hub.Client(static options => options with { Timeout = TimeSpan.FromMilliseconds(400) });
        var lost = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(Request, Token));
        Assert.Equal((RemoteFailure.Timeout, KojiEffect.Unknown, 1), (lost.Failure, lost.Effect, hub.Asked.Count));
    }

    [Fact]
    public async Task A_write_that_never_left_changed_nothing()
    {
        var hub = await HubAsync();
        await using var client = hub.Client(static options => options with { Retries = 0 });
        await client.LoggedInUserAsync(Token);
        await hub.DisposeAsync();
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(Request, Token));
        Assert.Equal((RemoteFailure.Unreachable, KojiEffect.None, true), (failed.Failure, failed.Effect, failed.IsTransient));
    }

    [Fact]
    public async Task A_write_that_was_processed_before_says_that_its_effect_is_there()
    {
        await using var hub = await HubAsync();
        await using var client = hub.Client();
        await client.LoggedInUserAsync(Token);
        // As when a proxy on the way sent the call twice.
        hub.Count(1);
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(Request, Token));
        Assert.Equal((KojiFaultCode.Retry, KojiEffect.Happened, false), (failed.Code, failed.Effect, failed.IsTransient));
        Assert.Equal(7, await client.StartBuildAsync(Request, Token));
        Assert.Equal(1, hub.Logins);
    }

    [Fact]
    public async Task A_write_out_of_order_is_unknown_and_the_next_one_has_a_new_session()
    {
        await using var hub = await HubAsync();
        await using var client = hub.Client();
        await client.LoggedInUserAsync(Token);
        hub.Count(35);
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(Request, Token));
        Assert.Equal((KojiFaultCode.Sequence, KojiEffect.Unknown), (failed.Code, failed.Effect));
        Assert.Equal(7, await client.StartBuildAsync(Request, Token));
        Assert.Equal($"102#0 {Build}", hub.Calls[^1]);
    }

    [Theory]
    [InlineData(1, $"101#2 {Me}")]
    [InlineData(35, $"102#0 {Me}")]
    public async Task A_read_whose_number_was_used_is_repeated_with_another(int used, string last)
    {
        await using var hub = await HubAsync();
        await using var client = hub.Client();
        await client.LoggedInUserAsync(Token);
        hub.Count(used);
        Assert.Equal("packit", (await client.LoggedInUserAsync(Token)).Name);
        Assert.Equal(last, hub.Calls[^1]);
    }

    [Fact]
    public async Task A_read_of_the_session_whose_answer_is_lost_is_repeated_under_its_number()
    {
        await using var hub = await HubAsync();
        hub.OnEach("getLoggedInUser", HubReply.Lost, HubReply.Of(User));
        await using var client = hub.Client();
        await client.LoggedInUserAsync(Token);
        Assert.Equal([$"101#0 {Me}", $"101#0 {Me}"], hub.Calls.Skip(1));
    }

    [Fact]
    public async Task Passing_trouble_of_a_read_is_waited_out()
    {
        await using var hub = await HubAsync();
        hub.OnEach("getBuild", HubReply.Fault(1014, "database outage"), HubReply.Page(503), HubReply.Of(Xml.Nil));
        await using var client = hub.Client();
        Assert.Null(await client.BuildAsync("x-1-1", Token));
        Assert.Equal(3, hub.Calls.Count);
    }

    [Fact]
    public async Task Trouble_that_does_not_pass_is_told_after_the_repetitions()
    {
        await using var hub = await HubAsync();
        hub.On("getBuild", _ => HubReply.Fault(1014, "database outage"));
        await using var client = hub.Client();
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.BuildAsync("x-1-1", Token));
        Assert.Equal((KojiFaultCode.ServerOffline, RemoteFailure.ServerError, true, 3), (failed.Code, failed.Failure, failed.IsTransient, hub.Calls.Count));
    }

    [Fact]
    public async Task A_hub_that_is_offline_is_not_asked_again_for_a_write_but_the_caller_may()
    {
        await using var hub = await HubAsync();
        hub.On("build", _ => HubReply.Fault(1014, "offline"));
        await using var client = hub.Client();
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.StartBuildAsync(Request, Token));
        Assert.Equal((KojiEffect.None, true, 1), (failed.Effect, failed.IsTransient, hub.Asked.Count));
    }

    [Fact]
    public async Task A_caller_that_gives_up_waiting_does_not_block_the_lane()
    {
        await using var hub = await HubAsync();
        hub.OnEach("build", HubReply.Raw("<") with { Hangs = true }, HubReply.Of(Xml.Int(9)));
        await using var client = hub.Client();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.StartBuildAsync(Request, patience.Token));
        Assert.Equal(9, await client.StartBuildAsync(Request, Token));
    }

    [Fact]
    public async Task Who_says_goodbye_to_a_silent_hub_does_not_wait_long()
    {
        var hub = await HubAsync();
        var client = hub.Client(static options => options with { Timeout = TimeSpan.FromMilliseconds(300) });
        await client.LoggedInUserAsync(Token);
        await hub.DisposeAsync();
        await client.DisposeAsync();
        Assert.Equal([$"101#0 {Me}"], hub.Calls.Skip(1));
    }

    private static async Task<StubHub> HubAsync() =>
        (await StubHub.StartAsync()).On("getLoggedInUser", User).On("build", Xml.Int(7)).On("getBuild", Xml.Nil);
}
