using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Archives;

/// <summary>GET and HEAD of the published files.</summary>
internal static class ArchiveRoutes
{
    private const int Piece = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes, ArchiveHost host) =>
        routes.MapMethods("/{**path}", ["GET", "HEAD"], (RequestDelegate)(http => ServeAsync(http, host)));

    private static Task ServeAsync(HttpContext http, ArchiveHost host)
    {
        string path = (string?)http.GetRouteValue("path") ?? "";
        if (host.RedirectOf(path) is { } target)
        {
            http.Response.Redirect(target.ToString());
            return Task.CompletedTask;
        }

        if (host.IsEndless(path))
        {
            return PourAsync(http);
        }

        if (host.FileOf(path) is not { } file || !File.Exists(file))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return http.Response.WriteAsync("Not Found\n", http.RequestAborted);
        }

        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = new FileInfo(file).Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.SendFileAsync(file, http.RequestAborted);
    }

    private static async Task PourAsync(HttpContext http)
    {
        http.Response.ContentType = "application/octet-stream";
        byte[] piece = new byte[Piece];
        while (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(piece, http.RequestAborted);
        }
    }
}
