using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Bugzilla;

/// <summary><c>GET /rest/bug</c>, as somebody sees it who is not logged in: logins are shown without their domain.</summary>
internal static class BugzillaRoutes
{
    private const int UsualLimit = 20;
    private const int InvalidField = 108;

    private static readonly Dictionary<string, Func<BugzillaTicket, string, bool>> Terms = new(StringComparer.Ordinal)
    {
        ["id"] = (ticket, value) => ticket.Id.ToString(CultureInfo.InvariantCulture) == value,
        ["product"] = (ticket, value) => Same(ticket.Product, value),
        ["component"] = (ticket, value) => Same(ticket.Component, value),
        ["status"] = (ticket, value) => Same(ticket.Status, value),
        ["creator"] = (ticket, value) => Same(ticket.Creator, value),
        ["summary"] = (ticket, value) => ticket.Summary.Contains(value, StringComparison.OrdinalIgnoreCase),
    };

    private static readonly HashSet<string> NoTerms = ["include_fields", "exclude_fields", "limit", "offset", "order"];

    public static void Map(IEndpointRouteBuilder routes, BugzillaStandIn bugzilla) =>
        routes.MapGet("/rest/bug", (RequestDelegate)(http => SearchAsync(http, bugzilla)));

    private static Task SearchAsync(HttpContext http, BugzillaStandIn bugzilla)
    {
        var query = http.Request.Query;
        var terms = query.Where(item => !NoTerms.Contains(item.Key)).ToList();
        if (terms.Find(item => !Terms.ContainsKey(item.Key)) is { Key: { } unknown })
        {
            return RefuseAsync(http, InvalidField, $"Can't use {unknown} as a field name.");
        }

        if (terms.Count == 0)
        {
            return RefuseAsync(http, InvalidField, "You may not search, or create saved searches, without any search terms.");
        }

        int limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out int wanted) ? wanted : UsualLimit;
        int offset = int.TryParse(query["offset"], CultureInfo.InvariantCulture, out int skipped) ? skipped : 0;
        string[] fields = [.. query["include_fields"].SelectMany(value => (value ?? "").Split(','))];
        BugzillaTicket[] found = [.. bugzilla.Tickets.Where(ticket => terms.TrueForAll(item => item.Value.Any(value => Terms[item.Key](ticket, value ?? ""))))];
        return AnswerAsync(http, StatusCodes.Status200OK, new JsonObject
        {
            ["offset"] = offset,
            ["limit"] = limit.ToString(CultureInfo.InvariantCulture),
            ["total_matches"] = found.Length,
            ["bugs"] = new JsonArray([.. found.Skip(offset).Take(limit).Select(ticket => Shape(ticket, fields))]),
        });
    }

    private static JsonObject Shape(BugzillaTicket ticket, string[] fields)
    {
        string login = ticket.Creator.Split('@')[0];
        var all = new JsonObject
        {
            ["id"] = ticket.Id,
            ["product"] = ticket.Product,
            ["component"] = new JsonArray(ticket.Component),
            ["status"] = ticket.Status,
            ["summary"] = ticket.Summary,
            ["creator"] = login,
            ["creator_detail"] = new JsonObject { ["name"] = login, ["real_name"] = ticket.CreatorName, ["active"] = true },
        };
        foreach (string other in all.Select(field => field.Key).Where(key => fields.Length > 0 && !fields.Contains(key)).ToList())
        {
            all.Remove(other);
        }

        return all;
    }

    private static bool Same(string text, string value) => string.Equals(text, value, StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext http, int code, string message) => AnswerAsync(
        http, StatusCodes.Status400BadRequest,
        new JsonObject
        {
            ["error"] = true, ["code"] = code, ["message"] = message,
            ["documentation"] = "https://bugzilla.redhat.com/docs/en/html/api/index.html",
        });

    private static Task AnswerAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=UTF-8";
        byte[] bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
