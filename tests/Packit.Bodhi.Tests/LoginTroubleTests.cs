using Microsoft.AspNetCore.Http;
using Packit.Bodhi.Tests.Servers;
using Packit.Http;
using Packit.Stub;

namespace Packit.Bodhi.Tests;

public class LoginTroubleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_that_is_not_taken_is_named()
    {
        await using var server = await BodhiServer.StartAsync();
        var failed = await RefusedAsync(server.Client(ticket: "bad"));
        Assert.Equal(("OpenID provider", RemoteFailure.Unauthorized), (failed.Service, failed.Failure));
        Assert.Contains("does not take the Kerberos ticket", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Attempts);
    }

    [Theory]
    [InlineData("<html><head><title>Consent</title></head><form></form></html>")]
    [InlineData("<html><head><title>code=</title></head></html>")]
    [InlineData("<html><head><title>error=access_denied</title></head></html>")]
    [InlineData("<title>code=a\nb&state=c")]
    [InlineData("")]
    public async Task A_page_without_a_code_is_no_login_and_nobody_is_asked(string page)
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.LastPage = (context, _) => context.Response.WriteAsync(page);
        var failed = await RefusedAsync(server.Client());
        Assert.Equal(RemoteFailure.Unauthorized, failed.Failure);
        Assert.Contains("consent", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state=", "state=x")]
    [InlineData("&state=", "&estate=")]
    public async Task A_code_for_another_login_is_not_redeemed(string part, string other)
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.LastPage = (context, answer) => context.Response.WriteAsync($"<title>{answer.Replace(part, other, StringComparison.Ordinal)}</title>");
        var failed = await RefusedAsync(server.Client());
        Assert.Contains("its state differs", failed.Message, StringComparison.Ordinal);
        Assert.Empty(server.Idp.AccessTokens);
    }

    [Theory]
    [InlineData("https://evil.example/collect")]
    [InlineData("http://localhost:1/openidc/Continue")]
    [InlineData("//evil.example/")]
    [InlineData("http://someone@localhost/")]
    public async Task A_way_that_leads_elsewhere_is_not_followed(string location)
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.LastPage = (context, _) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        };
        var failed = await RefusedAsync(server.Client());
        Assert.Contains("points away", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_without_end_is_given_up()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Reads["/round"] = StubAnswer.Empty(302).With(("Location", "/round"));
        server.Idp.LastPage = static (context, _) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "/round";
            return Task.CompletedTask;
        };
        var failed = await RefusedAsync(server.Client());
        Assert.Contains("redirected more than 10 times", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_are_not_sent_to_another_host()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.TokenEndpoint = "https://evil.example/Token";
        var failed = await RefusedAsync(server.Client());
        Assert.Contains("points away", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Idp.Logins);
    }

    [Theory]
    [InlineData("MAC", "3600")]
    [InlineData("Bearer", "\"soon\"")]
    public async Task Tokens_of_another_kind_are_unexpected(string type, string expires)
    {
        await using var server = await BodhiServer.StartAsync();
        (server.Idp.TokenType, server.Idp.ExpiresIn) = (type, expires);
        Assert.Equal(RemoteFailure.Unexpected, (await RefusedAsync(server.Client())).Failure);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("9223372036854775807")]
    [InlineData("null")]
    public async Task Strange_lifetimes_do_no_harm(string expires)
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.ExpiresIn = expires;
        await server.Client().CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Single(server.Writes);
    }

    [Fact]
    public async Task A_login_that_Bodhi_never_takes_ends()
    {
        await using var server = await BodhiServer.StartAsync();
        for (var answer = 0; answer < 3; answer++)
        {
            server.InsteadOfLogins.Enqueue(StubAnswer.Json(Sample.Errors(("body", "InvalidTokenError", "invalid_token: no")), 401));
        }

        var failed = Assert.IsType<BodhiException>(await RefusedAsync(server.Client()));
        Assert.Equal((BodhiRefusal.LoginLost, RemoteFailure.Unauthorized), (failed.Refusal, failed.Failure));
        Assert.Equal((0, 2, 1), (server.Attempts, server.Idp.Logins, server.Idp.Refreshes));
    }

    [Fact]
    public async Task A_write_that_is_forbidden_after_a_fresh_login_lacks_rights()
    {
        await using var server = await BodhiServer.StartAsync();
        var forbidden = StubAnswer.Json(Sample.Errors(("body", "HTTPForbidden", "Unauthorized: new_update__POST failed permission check")), 403);
        server.InsteadOfWrites.Enqueue(forbidden);
        server.InsteadOfWrites.Enqueue(forbidden);
        var client = server.Client();

        var failed = Assert.IsType<BodhiException>(await RefusedAsync(client));
        Assert.Equal((BodhiRefusal.NoRights, RemoteFailure.Forbidden, 2), (failed.Refusal, failed.Failure, server.Attempts));
        Assert.Contains("packager", failed.Message, StringComparison.Ordinal);

        // Once the right is granted, the next write brings a login that knows it.
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Equal(3, server.TicketsGiven);
    }

    [Fact]
    public async Task A_form_token_that_is_never_right_ends()
    {
        await using var server = await BodhiServer.StartAsync();
        var mismatch = StubAnswer.Json(Sample.Errors(("body", "csrf_token", "CSRF tokens do not match.")), 400);
        server.InsteadOfWrites.Enqueue(mismatch);
        server.InsteadOfWrites.Enqueue(mismatch);
        var failed = Assert.IsType<BodhiException>(await RefusedAsync(server.Client()));
        Assert.Equal((BodhiRefusal.LoginLost, 2), (failed.Refusal, server.Attempts));
    }

    [Theory]
    [InlineData("auth_tkt=; Max-Age=0; Path=/")]
    [InlineData("auth_tkt=x; Max-Age=-1")]
    [InlineData("auth_tkt=a\"b c")]
    [InlineData("other=x")]
    public async Task A_login_without_a_usable_cookie_is_unexpected(string cookie)
    {
        await using var server = await BodhiServer.StartAsync();
        server.InsteadOfLogins.Enqueue(StubAnswer.Json("{}", 202).With(("Set-Cookie", cookie)));
        var failed = await RefusedAsync(server.Client());
        Assert.True(failed.Failure is RemoteFailure.Unexpected or RemoteFailure.Unreachable, failed.Message);
        Assert.Equal(0, server.Attempts);
    }

    [Theory]
    [InlineData("""{"csrf_token": ""}""")]
    [InlineData("""{"csrf_token": "abc"}""")]
    [InlineData("""{"no": 1}""")]
    [InlineData("<html>")]
    public async Task A_form_token_without_its_session_is_unexpected(string body)
    {
        await using var server = await BodhiServer.StartAsync();
        server.InsteadOfLogins.Enqueue(StubAnswer.Json("{}", 202).With(("Set-Cookie", "auth_tkt=x!y; Max-Age=1000")));
        server.InsteadOfLogins.Enqueue(StubAnswer.Json(body));
        Assert.Equal(RemoteFailure.Unexpected, (await RefusedAsync(server.Client())).Failure);
    }

    [Fact]
    public async Task Trouble_on_the_way_to_a_login_is_transient_and_the_next_write_tries_again()
    {
        await using var server = await BodhiServer.StartAsync();
        server.InsteadOfLogins.Enqueue(StubAnswer.Json("<html>Bad gateway</html>", 502));
        server.InsteadOfLogins.Enqueue(StubAnswer.Empty(202) with { Cut = true });
        var client = server.Client();
        Assert.True((await RefusedAsync(client)).IsTransient);
        Assert.True((await RefusedAsync(client)).IsTransient);
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Equal((1, 1), (server.Idp.Logins, server.Attempts));
    }

    private static Task<RemoteException> RefusedAsync(BodhiClient client) =>
        Assert.ThrowsAnyAsync<RemoteException>(() => client.CreateUpdateAsync(Sample.Draft(), Token));
}
