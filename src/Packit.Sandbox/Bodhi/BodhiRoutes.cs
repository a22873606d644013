using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Bodhi;

/// <summary>Bodhi's addresses.</summary>
internal static class BodhiRoutes
{
    public static void Map(IEndpointRouteBuilder routes, BodhiStandIn bodhi)
    {
        Add("GET", "/releases/", ReleaseEndpoints.List);
        Add("GET", "/releases/{name}", ReleaseEndpoints.One);
        Add("GET", "/oidc/login-token", LoginEndpoints.Login, StatusCodes.Status202Accepted);
        Add("GET", "/csrf", LoginEndpoints.Csrf);
        Add("GET", "/updates/", UpdateEndpoints.List);
        Add("POST", "/updates/", UpdateEndpoints.SaveAsync);
        Add("GET", "/updates/{alias}", UpdateEndpoints.Show);
        Add("POST", "/updates/{alias}/request", UpdateEndpoints.RequestAsync);
        Add("GET", "/comments/", CommentEndpoints.List);
        Add("POST", "/comments/", CommentEndpoints.AddAsync);

        void Add(string method, string path, Func<BodhiCall, Task<JsonNode>> handler, int status = StatusCodes.Status200OK) =>
            routes.MapMethods(path, [method], (RequestDelegate)(http => RunAsync(http, bodhi, handler, status)));
    }

    private static async Task RunAsync(HttpContext http, BodhiStandIn bodhi, Func<BodhiCall, Task<JsonNode>> handler, int status)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        JsonNode body;
        try
        {
            body = await handler(new BodhiCall(http, bodhi));
        }
        catch (BodhiRefusal refusal)
        {
            status = refusal.Status;
            body = refusal.Body();
        }

        await http.AnswerAsync(status, body);
    }
}
