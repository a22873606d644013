using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Packit.Sandbox.Bodhi;

/// <summary>From a bearer token to the ticket, and the CSRF token of a session.</summary>
internal static class LoginEndpoints
{
    public static Task<JsonNode> Login(BodhiCall call)
    {
        string header = call.Http.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            throw new BodhiRefusal(401, BodhiError.OfBody("MissingAuthorizationError", "missing_authorization: Missing \"Authorization\" in headers."));
        }

        if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || call.Bodhi.Identity.UserOf(header["Bearer ".Length..]) is not { } user)
        {
            throw new BodhiRefusal(401, BodhiError.OfBody(
                "InvalidTokenError",
                "invalid_token: The access token provided is expired, revoked, malformed, or invalid for other reasons."));
        }

        var groups = call.Bodhi.Identity.GroupsOf(user);
        lock (call.Bodhi.State.Gate)
        {
            call.Bodhi.UserOf(user).Groups = [.. groups];
        }

        call.Http.Response.Headers.Append("Set-Cookie", call.Bodhi.Cookies.SetTicket(user, call.Http.Request.Host.Host));
        return Task.FromResult<JsonNode>(new JsonObject
        {
            ["message"] = "The request is accepted for processing.\n\n\n\n\n",
            ["code"] = "202 Accepted",
            ["title"] = "Accepted",
        });
    }

    public static Task<JsonNode> Csrf(BodhiCall call)
    {
        string token = call.Bodhi.Cookies.TokenOf(call.Http.Request.Cookies[Cookies.Session]) ?? RandomNumberGenerator.GetHexString(40, lowercase: true);
        call.Http.Response.Headers.Append("Set-Cookie", call.Bodhi.Cookies.SetSession(token));
        return Task.FromResult<JsonNode>(new JsonObject { ["csrf_token"] = token });
    }
}
