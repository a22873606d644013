using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Lookaside;

/// <summary>The upload script and the download of the files.</summary>
internal static class LookasideRoutes
{
    public static void Map(IEndpointRouteBuilder routes, LookasideStandIn lookaside)
    {
        routes.MapPost("/repo/pkgs/upload.cgi", (RequestDelegate)(http => UploadScript.RunAsync(http, lookaside)));
        routes.MapMethods("/repo/pkgs/{**path}", ["GET", "HEAD"], (RequestDelegate)(http => DownloadAsync(http, lookaside)));
    }

    private static Task DownloadAsync(HttpContext http, LookasideStandIn lookaside)
    {
        string path = (string?)http.GetRouteValue("path") ?? "";
        string file = Path.GetFullPath(Path.Combine(lookaside.Folder, path));
        if (!file.StartsWith(lookaside.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(file))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            http.Response.ContentType = "text/html; charset=iso-8859-1";
            return http.Response.WriteAsync("<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n", http.RequestAborted);
        }

        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = new FileInfo(file).Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.SendFileAsync(file, http.RequestAborted);
    }
}
