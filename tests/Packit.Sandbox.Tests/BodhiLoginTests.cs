namespace Packit.Sandbox.Tests;

public sealed class BodhiLoginTests : BodhiStory
{
    [Fact]
    public async Task The_documents_of_the_provider_have_the_recorded_members()
    {
        var discovery = await CallAsync(new HttpRequestMessage(HttpMethod.Get, $"{World.OpenIdIssuer}/.well-known/openid-configuration"));
        var tokens = await TokensAsync();
        using var who = new HttpRequestMessage(HttpMethod.Get, $"{World.OpenIdIssuer}/UserInfo");
        who.Headers.Authorization = new("Bearer", tokens.Json["access_token"]!.ToString());
        var info = await CallAsync(who);

        Assert.Equal(("packit", "packager"), (info.Json["nickname"]!.ToString(), info.Json["groups"]![0]!.ToString()));
        Assert.Equal(3600, (int)tokens.Json["expires_in"]!);
        string file = Path.GetFileName(Recordings.FileWith("koji-wire", "POST /openidc/Token"));
        Shape.Same(Recordings.Answers("koji-wire", file, "POST /openidc/Token")[0], tokens.Json);
        Shape.Same(Recordings.Answers("koji-wire", file, "GET /openidc/UserInfo")[0], info.Json);
        file = Path.GetFileName(Recordings.FileWith("koji-wire", "GET /openidc/.well-known/openid-configuration"));
        Shape.Same(Recordings.Answers("koji-wire", file, "GET /openidc/.well-known/openid-configuration")[0], discovery.Json);
    }

    [Fact]
    public async Task A_code_is_good_once_and_a_refresh_token_again()
    {
        string code = await CodeAsync();
        (string, string)[] fields = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", "urn:ietf:wg:oauth:2.0:oob"), ("client_id", "bodhi-client")];
        var first = await TokenAsync(fields);
        var second = await TokenAsync(fields);
        World.Identity.EndTokens();
        var refreshed = await TokenAsync(
            ("grant_type", "refresh_token"), ("refresh_token", first.Json["refresh_token"]!.ToString()), ("client_id", "bodhi-client"));

        Assert.Equal(200, first.Status);
        Assert.Equal((400, "invalid_grant"), (second.Status, second.Json["error"]!.ToString()));
        Assert.Equal(401, (await LoginWithAsync(first.Json["access_token"]!.ToString())).Status);
        Assert.Equal(202, (await LoginWithAsync(refreshed.Json["access_token"]!.ToString())).Status);
    }

    [Fact]
    public async Task A_login_without_a_good_token_is_told_apart_as_recorded()
    {
        string recorded = Recordings.Text("bodhi-errors", "errors.out");
        var without = await GetAsync("oidc/login-token");
        var bad = await LoginWithAsync("bad");

        Assert.Equal((401, 401), (without.Status, bad.Status));
        Assert.Contains(Error(without).Replace("\"", "\\\"", StringComparison.Ordinal), recorded, StringComparison.Ordinal);
        Assert.Contains(Error(bad), recorded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_token_an_old_ticket_and_an_ended_session_are_worth_nothing()
    {
        await LoginAsync();
        string access = (await TokensAsync()).Json["access_token"]!.ToString();
        Clock.Move(TimeSpan.FromHours(2));
        Assert.Equal(401, (await LoginWithAsync(access)).Status);
        Assert.Equal(200, (await SaveAsync(("builds", "hello-1.0-1.fc43"), ("type", "bugfix"), ("notes", "First"))).Status);

        World.Bodhi.EndSessions();
        var ended = await SaveAsync(("builds", "hello-1.1-1.fc43"), ("type", "bugfix"), ("notes", "Second"));
        await LoginAsync();
        Assert.Equal(200, (await SaveAsync(("builds", "hello-1.1-1.fc43"), ("type", "bugfix"), ("notes", "Second"))).Status);

        Assert.Equal((403, "Unauthorized: new_update__POST failed permission check"), (ended.Status, Error(ended)));
    }

    [Fact]
    public async Task The_cookies_look_as_recorded()
    {
        string access = (await TokensAsync()).Json["access_token"]!.ToString();
        string ticket = (await LoginWithAsync(access)).Headers["Set-Cookie"];
        string session = (await GetAsync("csrf")).Headers["Set-Cookie"];

        Assert.Matches("^auth_tkt=[0-9a-f]{136}cGFja2l0!userid_type:b64unicode; Domain=127.0.0.1; Max-Age=2592000; Path=/; expires=Tue, 22-Dec-2026 06:00:00 GMT; SameSite=Strict$", ticket);
        Assert.Matches("^session=[A-Za-z0-9_-]+; Path=/; SameSite=Lax$", session);
    }

    private async Task<Answer> LoginWithAsync(string token)
    {
        using var login = new HttpRequestMessage(HttpMethod.Get, new Uri(World.BodhiApi, "oidc/login-token"));
        login.Headers.Authorization = new("Bearer", token);
        return await CallAsync(login);
    }
}
