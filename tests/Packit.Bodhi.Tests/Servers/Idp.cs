using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Packit.Bodhi.Tests.Servers;

/// <summary>A strict OpenID provider: transactions in cookies, a page behind a ticket, codes good for one use, tokens that end when a test says so.</summary>
public sealed class Idp
{
    private const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";
    private const string Loopback = "http://localhost:45678/auth";
    private readonly ConcurrentDictionary<string, (string Query, string? Challenge)> _transactions = new();
    private readonly ConcurrentDictionary<string, (string Redirect, string? Challenge)> _codes = new();

    public ConcurrentDictionary<string, bool> AccessTokens { get; } = new();

    public ConcurrentDictionary<string, bool> RefreshTokens { get; } = new();

    /// <summary>Everything secret that was handed out.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    public bool HasOutOfBand { get; set; } = true;

    public bool HasChallenges { get; set; } = true;

    public bool GivesRefreshTokens { get; set; } = true;

    public string ExpiresIn { get; set; } = "3600";

    public string TokenType { get; set; } = "Bearer";

    /// <summary>Another address than its own for the token endpoint.</summary>
    public string? TokenEndpoint { get; set; }

    /// <summary>Instead of the page with the code.</summary>
    public Func<HttpContext, string, Task>? LastPage { get; set; }

    /// <summary>Whether no code and no refresh token is taken.</summary>
    public bool GivesNoTokens { get; set; }

    /// <summary>Whether the ticket in the header is good.</summary>
    public Func<string, bool> IsTicketGood { get; set; } = static header => header == "Negotiate good";

    public int Logins { get; private set; }

    public int Refreshes { get; private set; }

    public int Discoveries { get; private set; }

    /// <summary>Held until a test lets it go.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public void Map(WebApplication app)
    {
        app.MapGet("/openidc/.well-known/openid-configuration", DiscoveryAsync);
        app.MapGet("/openidc/Authorization", Authorize);
        app.MapGet("/login", static context => Redirect(context, "/login/gssapi/negotiate"));
        app.MapGet("/login/gssapi/negotiate", Negotiate);
        app.MapGet("/openidc/Continue", ContinueAsync);
        app.MapPost("/openidc/Token", TokenAsync);
        app.MapGet("/openidc/UserInfo", static context => context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal)
            ? context.Response.WriteAsJsonAsync(new { sub = "packit", nickname = "packit", groups = new[] { "packager" } })
            : Refuse(context, 401, "invalid_token"));
    }

    private Task DiscoveryAsync(HttpContext context)
    {
        Discoveries++;
        var own = $"{context.Request.Scheme}://{context.Request.Host}/openidc";
        return context.Response.WriteAsync($$"""
            {"issuer": "{{own}}/", "authorization_endpoint": "{{own}}/Authorization", "token_endpoint": "{{TokenEndpoint ?? own + "/Token"}}",
             "userinfo_endpoint": "{{own}}/UserInfo", "response_types_supported": ["code"],
             "response_modes_supported": ["query"{{(HasOutOfBand ? ", \"oob\"" : "")}}]
             {{(HasChallenges ? ", \"code_challenge_methods_supported\": [\"S256\"]" : "")}}}
            """);
    }

    private Task Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        var redirect = query["redirect_uri"].ToString();
        var isGood = query["response_type"] == "code" && query["client_id"] == "bodhi-client" && query["state"].ToString().Length >= 20
            && redirect == (HasOutOfBand ? OutOfBand : Loopback)
            && query["scope"].ToString().Split(' ').Contains("https://id.fedoraproject.org/scope/groups")
            && (query["code_challenge_method"] == "S256") == HasChallenges;
        if (!isGood)
        {
            return Refuse(context, 400, "invalid_request");
        }

        var transaction = Random();
        _transactions[transaction] = ($"state={Uri.EscapeDataString(query["state"].ToString())}", query["code_challenge"]);
        context.Response.Cookies.Append("transaction", transaction, new CookieOptions { Path = "/", HttpOnly = true });
        return Redirect(context, "/login?from=openidc");
    }

    private Task Negotiate(HttpContext context)
    {
        if (context.Request.Headers.Authorization.ToString() is { Length: > 0 } header && IsTicketGood(header))
        {
            return Redirect(context, "/openidc/Continue");
        }

        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = "Negotiate";
        return context.Response.WriteAsync("<html><head><title>401 Unauthorized</title></head></html>");
    }

    private async Task ContinueAsync(HttpContext context)
    {
        await Gate;
        if (context.Request.Headers.Authorization.Count > 0 || !_transactions.TryRemove(context.Request.Cookies["transaction"] ?? "", out var transaction))
        {
            await Refuse(context, 400, "no_transaction");
            return;
        }

        var code = Remember("code.");
        _codes[code] = (HasOutOfBand ? OutOfBand : Loopback, transaction.Challenge);
        Logins++;
        var answer = $"code={code}&{transaction.Query}";
        if (LastPage is { } page)
        {
            await page(context, answer);
        }
        else if (HasOutOfBand)
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync($"<html><head><title>\n {answer.Replace("&", "&amp;", StringComparison.Ordinal)} </title></head><body>Copy it.</body></html>");
        }
        else
        {
            await Redirect(context, $"{Loopback}?{answer}");
        }
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var isKnown = !GivesNoTokens && form["client_id"] == "bodhi-client" && context.Request.Headers.Authorization.Count == 0 && form["grant_type"].ToString() switch
        {
            "authorization_code" => _codes.TryRemove(form["code"].ToString(), out var code) && form["redirect_uri"] == code.Redirect
                && (code.Challenge is null || code.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))),
            "refresh_token" => RefreshTokens.TryRemove(form["refresh_token"].ToString(), out _),
            _ => false,
        };
        if (!isKnown)
        {
            await Refuse(context, 400, "invalid_grant");
            return;
        }

        Refreshes += form["grant_type"] == "refresh_token" ? 1 : 0;
        var access = Remember("access.");
        AccessTokens[access] = true;
        var refresh = GivesRefreshTokens ? Remember("refresh.") : null;
        if (refresh is not null)
        {
            RefreshTokens[refresh] = true;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""
            {"access_token": "{{access}}", "token_type": "{{TokenType}}", "expires_in": {{ExpiresIn}}, "scope": "openid", "id_token": "x"
             {{(refresh is null ? "" : $", \"refresh_token\": \"{refresh}\"")}}}
            """);
    }

    private string Remember(string kind)
    {
        var secret = kind + Random();
        Secrets.Add(secret);
        return secret;
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    private static Task Redirect(HttpContext context, string to)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    }

    // Some servers repeat what they were sent.
    private static async Task Refuse(HttpContext context, int status, string error)
    {
        var sent = context.Request.HasFormContentType ? string.Join(' ', (await context.Request.ReadFormAsync()).SelectMany(field => field.Value)) : "";
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new { error, error_description = $"You sent {context.Request.QueryString} {sent}" });
    }
}
