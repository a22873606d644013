using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Packit.Sandbox.Bus;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Datagrepper;

/// <summary>The search and the look for one message. Whoever does not ask for JSON, and nothing but JSON, gets a page for people.</summary>
internal static class DatagrepperRoutes
{
    public static void Map(IEndpointRouteBuilder routes, DatagrepperStandIn datagrepper)
    {
        routes.MapGet("/datagrepper/v2/search", (RequestDelegate)(http => SearchAsync(http, datagrepper)));
        routes.MapGet("/datagrepper/v2/id", (RequestDelegate)(http => OneAsync(http, datagrepper)));
    }

    private static Task SearchAsync(HttpContext http, DatagrepperStandIn datagrepper)
    {
        MessageSearch search;
        try
        {
            search = MessageSearch.Parse(http.Request.Query, datagrepper.Time.GetUtcNow());
        }
        catch (FormatException refusal)
        {
            return PageAsync(http, 400, "Bad Request", refusal.Message);
        }

        BusMessage[] found = [.. datagrepper.Stored().Where(search.Fits)];
        if (search.Order == "desc")
        {
            Array.Reverse(found);
        }

        var rows = Math.Max(1, search.Rows);
        BusMessage[] page = [.. found.Skip((search.Page - 1) * rows).Take(rows)];
        return WantsJson(http)
            ? http.AnswerAsync(200, new JsonObject
            {
                ["arguments"] = search.Json(),
                ["count"] = page.Length,
                ["pages"] = (found.Length + rows - 1) / rows,
                ["raw_messages"] = new JsonArray([.. page.Select(Shape)]),
                ["total"] = found.Length,
            })
            : PageAsync(http, 200, "Messages", $"{found.Length} messages");
    }

    private static Task OneAsync(HttpContext http, DatagrepperStandIn datagrepper)
    {
        string? id = http.Request.Query["id"];
        return id is null ? PageAsync(http, 400, "Bad Request", "The browser (or proxy) sent a request that this server could not understand.")
            : datagrepper.Stored().FirstOrDefault(message => message.Id == id) is { } message ? http.AnswerAsync(200, Shape(message))
            : http.AnswerAsync(404, new JsonObject { ["error"] = "not_found" });
    }

    private static bool WantsJson(HttpContext http) => http.Request.Headers.Accept == "application/json";

    private static JsonObject Shape(BusMessage message) => new()
    {
        ["body"] = JsonNode.Parse(message.Body),
        ["headers"] = message.Headers(),
        ["id"] = message.Id,
        ["priority"] = message.Priority,
        ["queue"] = null,
        ["topic"] = message.Topic,
    };

    private static Task PageAsync(HttpContext http, int status, string title, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"<!doctype html>\n<html lang=en>\n<title>{status} {title}</title>\n<h1>{title}</h1>\n<p>{WebUtility.HtmlEncode(text)}</p>\n", http.RequestAborted);
    }
}
