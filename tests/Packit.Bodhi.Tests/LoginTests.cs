using Packit.Bodhi.Tests.Servers;
using Packit.Stub;

namespace Packit.Bodhi.Tests;

public class LoginTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_ticket_becomes_a_code_tokens_a_cookie_and_a_form_token(bool outOfBand, bool challenges)
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.HasOutOfBand = outOfBand;
        server.Idp.HasChallenges = challenges;

        var saved = await server.Client().CreateUpdateAsync(Sample.Draft(), Token);

        Assert.Equal(Sample.Alias, Assert.Single(saved.Updates).Alias);
        Assert.Equal((1, 1, 1, 1), (server.Idp.Logins, server.TicketsGiven, server.FormTokensGiven, server.Attempts));
    }

    [Fact]
    public async Task The_account_can_be_asked_for()
    {
        await using var server = await BodhiServer.StartAsync();
        Assert.Equal("packit", await server.Client().LoggedInUserAsync(Token));
        Assert.Equal((1, 0), (server.TicketsGiven, server.Attempts));
    }

    [Fact]
    public async Task Reads_need_no_login()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Reads["/updates/" + Sample.Alias] = StubAnswer.Json($$"""{"update": {{Sample.Update()}}, "can_edit": false}""");
        Assert.NotNull(await server.Client().UpdateAsync(Sample.Alias, Token));
        Assert.Equal((0, 0), (server.Idp.Discoveries, server.TicketsGiven));
    }

    [Fact]
    public async Task A_login_is_kept()
    {
        await using var server = await BodhiServer.StartAsync();
        var client = server.Client();
        for (var write = 0; write < 3; write++)
        {
            await client.CreateUpdateAsync(Sample.Draft(), Token);
        }

        Assert.Equal((1, 1, 1, 3), (server.Idp.Logins, server.TicketsGiven, server.FormTokensGiven, server.Attempts));
    }

    [Fact]
    public async Task Many_writes_at_once_make_one_login()
    {
        await using var server = await BodhiServer.StartAsync();
        var gate = new TaskCompletionSource();
        server.Idp.Gate = gate.Task;
        var client = server.Client();

        var writes = Enumerable.Range(0, 20).Select(_ => client.CreateUpdateAsync(Sample.Draft(), Token)).ToArray();
        gate.SetResult();
        await Task.WhenAll(writes);

        Assert.Equal((1, 1, 1, 20), (server.Idp.Logins, server.TicketsGiven, server.FormTokensGiven, server.Writes.Count));
    }

    [Fact]
    public async Task Who_no_longer_waits_does_not_end_the_login_of_the_others()
    {
        await using var server = await BodhiServer.StartAsync();
        var gate = new TaskCompletionSource();
        server.Idp.Gate = gate.Task;
        var client = server.Client();
        using var impatient = new CancellationTokenSource();

        var first = client.CreateUpdateAsync(Sample.Draft(), impatient.Token);
        var second = client.CreateUpdateAsync(Sample.Draft(), Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        await second;

        Assert.Equal((1, 1), (server.Idp.Logins, server.Writes.Count));
    }

    [Fact]
    public async Task A_session_that_grows_old_is_renewed_before_it_is_refused()
    {
        await using var server = await BodhiServer.StartAsync();
        var time = new SteppedTime(DateTimeOffset.UnixEpoch.AddYears(56));
        var client = server.Client(time);
        await client.CreateUpdateAsync(Sample.Draft(), Token);

        time.Advance(TimeSpan.FromMinutes(11));
        server.Sessions.Clear();
        await client.CreateUpdateAsync(Sample.Draft(), Token);

        Assert.Equal((1, 2, 2), (server.TicketsGiven, server.FormTokensGiven, server.Attempts));
    }

    [Fact]
    public async Task A_ticket_that_grows_old_is_renewed_with_the_refresh_token()
    {
        await using var server = await BodhiServer.StartAsync();
        var time = new SteppedTime(DateTimeOffset.UnixEpoch.AddYears(56));
        var client = server.Client(time);
        await client.CreateUpdateAsync(Sample.Draft(), Token);

        time.Advance(TimeSpan.FromHours(12));
        server.Tickets.Clear();
        server.Idp.AccessTokens.Clear();
        await client.CreateUpdateAsync(Sample.Draft(), Token);

        Assert.Equal((1, 1, 2, 2), (server.Idp.Logins, server.Idp.Refreshes, server.TicketsGiven, server.Attempts));
    }

    [Fact]
    public async Task A_lost_form_token_is_fetched_anew_and_the_write_repeated_once()
    {
        await using var server = await BodhiServer.StartAsync();
        var client = server.Client();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        server.Sessions.Clear();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Equal((1, 2, 3, 2), (server.Idp.Logins, server.FormTokensGiven, server.Attempts, server.Writes.Count));
    }

    [Fact]
    public async Task A_lost_ticket_is_fetched_anew_with_the_token_that_is_there()
    {
        await using var server = await BodhiServer.StartAsync();
        var client = server.Client();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        server.Tickets.Clear();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Equal((1, 0, 2, 2), (server.Idp.Logins, server.Idp.Refreshes, server.TicketsGiven, server.Writes.Count));
    }

    [Fact]
    public async Task A_refused_access_token_is_refreshed()
    {
        await using var server = await BodhiServer.StartAsync();
        var client = server.Client();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        server.Tickets.Clear();
        server.Idp.AccessTokens.Clear();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Equal((1, 1, 2), (server.Idp.Logins, server.Idp.Refreshes, server.Writes.Count));
    }

    [Fact]
    public async Task When_all_tokens_are_gone_Kerberos_logs_in_again()
    {
        await using var server = await BodhiServer.StartAsync();
        var client = server.Client();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        server.Tickets.Clear();
        server.Sessions.Clear();
        server.Idp.AccessTokens.Clear();
        server.Idp.RefreshTokens.Clear();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Equal((2, 0, 2), (server.Idp.Logins, server.Idp.Refreshes, server.Writes.Count));
    }

    [Fact]
    public async Task Without_a_refresh_token_Kerberos_logs_in_again()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.GivesRefreshTokens = false;
        var client = server.Client();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        server.Tickets.Clear();
        server.Idp.AccessTokens.Clear();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Equal(2, server.Idp.Logins);
    }

    [Fact]
    public async Task Many_refused_writes_log_in_once()
    {
        await using var server = await BodhiServer.StartAsync();
        var client = server.Client();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        server.Tickets.Clear();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.CreateUpdateAsync(Sample.Draft(), Token)));
        Assert.Equal((2, 11), (server.TicketsGiven, server.Writes.Count));
    }

    [Fact]
    public async Task Other_refusals_cost_no_login()
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = static (_, _) => StubAnswer.Json(Sample.Errors(("body", "notes", "Shorter than minimum length 2")), 400);
        var refused = await Assert.ThrowsAsync<BodhiException>(() => server.Client().CreateUpdateAsync(Sample.Draft(), Token));
        Assert.Equal((BodhiRefusal.Validation, 1, 1), (refused.Refusal, server.TicketsGiven, server.Attempts));
    }

    [Fact]
    public async Task A_page_of_HTML_that_forbids_is_taken_for_a_lost_login()
    {
        await using var server = await BodhiServer.StartAsync();
        server.InsteadOfWrites.Enqueue(StubAnswer.Json("<html>403 Forbidden</html>", 403));
        await server.Client().CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Equal((2, 2, 1), (server.TicketsGiven, server.Attempts, server.Writes.Count));
    }

    [Fact]
    public async Task A_client_without_a_login_only_reads()
    {
        using var http = new HttpClient { BaseAddress = new Uri("http://localhost/") };
        var client = new BodhiClient(http, TimeProvider.System);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.CreateUpdateAsync(Sample.Draft(), Token));
    }
}
