using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Pagure;

/// <summary>One endpoint of the API: returns the JSON of a 200, or refuses.</summary>
internal delegate Task<JsonNode> PagureHandler(PagureCall call);

/// <summary>Pagure's addresses. A project's endpoints exist twice: for packages and for forks.</summary>
internal sealed class PagureRoutes
{
    private readonly IEndpointRouteBuilder _routes;
    private readonly PagureStandIn _pagure;

    private PagureRoutes(IEndpointRouteBuilder routes, PagureStandIn pagure)
    {
        _routes = routes;
        _pagure = pagure;
    }

    public static void Map(IEndpointRouteBuilder routes, PagureStandIn pagure)
    {
        var api = new PagureRoutes(routes, pagure);
        SiteEndpoints.Map(api);
        ProjectEndpoints.Map(api);
        RepositoryEndpoints.Map(api);
        PullRequestEndpoints.Map(api);
        PullRequestActions.Map(api);
        FlagEndpoints.Map(api);
        TicketEndpoints.Map(api);
        PageRoutes.Map(routes, pagure);
        GitRoutes.Map(routes, pagure);
    }

    /// <summary>An endpoint of the site itself.</summary>
    /// <param name="acl">What the token must allow; null for none.</param>
    /// <param name="login">Whether a token is needed though no particular ACL is.</param>
    public void Site(string method, string path, PagureHandler handler, string? acl = null, bool login = false) =>
        _routes.MapMethods("/api/0/" + path, [method], (RequestDelegate)(http => RunAsync(http, handler, acl, login)));

    /// <summary>An endpoint of a project and of its forks.</summary>
    public void OfProject(string method, string path, PagureHandler handler, string? acl = null)
    {
        foreach (string prefix in (string[])["{ns}/{repo}", "fork/{user}/{ns}/{repo}"])
        {
            Site(method, path.Length == 0 ? prefix : prefix + "/" + path, call =>
            {
                _ = call.Project;
                return handler(call);
            }, acl);
        }
    }

    private async Task RunAsync(HttpContext http, PagureHandler handler, string? acl, bool login)
    {
        int status = StatusCodes.Status200OK;
        JsonNode body;
        try
        {
            var call = new PagureCall(http, _pagure);
            call.Authorize(acl, login);
            if (!HttpMethods.IsGet(http.Request.Method))
            {
                await call.ReadFieldsAsync();
            }

            body = await handler(call);
        }
        catch (PagureRefusal refusal)
        {
            status = refusal.Status;
            body = refusal.Body();
        }

        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString() + "\n");
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
