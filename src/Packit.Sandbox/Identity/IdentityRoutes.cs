using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Identity;

/// <summary>The addresses of the provider: discovery, authorization, tokens, user info.</summary>
internal static class IdentityRoutes
{
    private const string Client = "bodhi-client";
    private const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";

    private static readonly string[] Scopes =
    [
        "openid", "profile", "email", "https://id.fedoraproject.org/scope/groups", "https://id.fedoraproject.org/scope/agreements",
    ];

    public static void Map(IEndpointRouteBuilder routes, IdentityStandIn identity)
    {
        routes.MapGet("/openidc/.well-known/openid-configuration", (RequestDelegate)(http => http.AnswerAsync(200, Discovery(identity))));
        routes.MapGet("/openidc/Authorization", (RequestDelegate)(http => AuthorizeAsync(http, identity)));
        routes.MapPost("/openidc/Token", (RequestDelegate)(http => TokenAsync(http, identity)));
        routes.MapGet("/openidc/UserInfo", (RequestDelegate)(http => UserInfoAsync(http, identity)));
    }

    private static JsonObject Discovery(IdentityStandIn identity)
    {
        string at = identity.Issuer.AbsoluteUri + "/";
        return new JsonObject
        {
            ["issuer"] = at,
            ["authorization_endpoint"] = at + "Authorization",
            ["token_endpoint"] = at + "Token",
            ["token_introspection_endpoint"] = at + "TokenInfo",
            ["userinfo_endpoint"] = at + "UserInfo",
            ["jwks_uri"] = at + "Jwks",
            ["scopes_supported"] = JsonAnswers.List(Scopes),
            ["response_types_supported"] = new JsonArray("code"),
            ["response_modes_supported"] = new JsonArray("query", "fragment", "form_post", "oob"),
            ["grant_types_supported"] = new JsonArray("authorization_code", "refresh_token"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "client_secret_post", "none"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        };
    }

    /// <summary>Behind the gate, a page whose title holds code and state: the answer of an out-of-band login.</summary>
    private static async Task AuthorizeAsync(HttpContext http, IdentityStandIn identity)
    {
        if (!await identity.Gate.PassAsync(http))
        {
            return;
        }

        var query = http.Request.Query;
        if (query["client_id"] != Client || query["response_type"] != "code" || query["redirect_uri"] != OutOfBand)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync("<html><head><title>Invalid request</title></head><body>Invalid request</body></html>", http.RequestAborted);
            return;
        }

        string code = identity.NewCode(Client, query["scope"].ToString(), OutOfBand);
        string answer = WebUtility.HtmlEncode($"code={code}&state={query["state"]}");
        http.Response.ContentType = "text/html";
        await http.Response.WriteAsync(
            $"<html><head><title>{answer.Replace("&amp;", "&", StringComparison.Ordinal)}</title></head><body>{answer}</body></html>", http.RequestAborted);
    }

    private static async Task TokenAsync(HttpContext http, IdentityStandIn identity)
    {
        if (!http.Request.HasFormContentType)
        {
            await http.AnswerAsync(400, Error("invalid_request", "A form is expected"));
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["client_id"] != Client)
        {
            await http.AnswerAsync(400, Error("invalid_client", "The client is not known"));
            return;
        }

        var grant = form["grant_type"].ToString() switch
        {
            "authorization_code" => identity.Redeem(form["code"].ToString(), GrantKind.Code, Client, form["redirect_uri"].ToString()),
            "refresh_token" => identity.Redeem(form["refresh_token"].ToString(), GrantKind.Refresh, Client, null),
            _ => null,
        };
        if (grant is null)
        {
            await http.AnswerAsync(400, Error("invalid_grant", "The code or token is not valid"));
            return;
        }

        var (access, refresh) = identity.Tokens(grant);
        http.Response.Headers.CacheControl = "no-store";
        await http.AnswerAsync(200, new JsonObject
        {
            ["access_token"] = access,
            ["refresh_token"] = refresh,
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)identity.TokenLife.TotalSeconds,
            ["scope"] = grant.Scope,
        });
    }

    private static Task UserInfoAsync(HttpContext http, IdentityStandIn identity)
    {
        string header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) && identity.UserOf(header["Bearer ".Length..]) is { } user
            ? http.AnswerAsync(200, new JsonObject
            {
                ["sub"] = user,
                ["nickname"] = user,
                ["name"] = user,
                ["email"] = user + "@fedora.example",
                ["groups"] = JsonAnswers.List(identity.GroupsOf(user)),
            })
            : http.AnswerAsync(401, Error("invalid_token", "The access token is not valid"));
    }

    private static JsonObject Error(string code, string description) => new() { ["error"] = code, ["error_description"] = description };
}
