using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Koji;

/// <summary>What people follow links to: plain pages of tasks and builds, and logs under the paths of kojipkgs.</summary>
internal static class WebRoutes
{
    public static void Map(IEndpointRouteBuilder routes, KojiStandIn koji)
    {
        routes.MapMethods("/koji/taskinfo", ["GET", "HEAD"], (RequestDelegate)(http => TaskAsync(http, koji)));
        routes.MapMethods("/koji/buildinfo", ["GET", "HEAD"], (RequestDelegate)(http => BuildAsync(http, koji)));
        routes.MapMethods("/koji/getfile", ["GET", "HEAD"], (RequestDelegate)(http => FileAsync(http, koji)));
        routes.MapMethods("/work/tasks/{part}/{task}/{name}", ["GET", "HEAD"], (RequestDelegate)(http => TaskFileAsync(http, koji)));
        routes.MapMethods(
            "/packages/{package}/{version}/{release}/data/logs/{arch}/{name}", ["GET", "HEAD"], (RequestDelegate)(http => BuildLogAsync(http, koji)));
    }

    private static Task TaskAsync(HttpContext http, KojiStandIn koji)
    {
        if (Number(http.Request.Query["taskID"]) is not { } id || koji.Task(id) is not { } task)
        {
            return MissingAsync(http, "No such task");
        }

        string links = string.Concat(koji.Children(id).Select(child => $"""<li><a href="taskinfo?taskID={child.Id}">{Text(child.Method)} ({Text(child.Arch)})</a>: {child.State}</li>"""));
        string files = string.Concat(koji.Files.Of(id).Select(file => $"""<li><a href="getfile?taskID={id}&amp;volume=DEFAULT&amp;name={Text(file.Name)}">{Text(file.Name)}</a></li>"""));
        return PageAsync(http, $"{task.Method} (#{id})", $"""
            <p>Owner {Text(task.Owner)}, state {task.State.ToString().ToLowerInvariant()}</p><pre>{Text(task.Request)}</pre>
            <p>{Text(task.Fault ?? "")}</p><h2>Descendants</h2><ul>{links}</ul><h2>Output</h2><ul>{files}</ul>
            """);
    }

    private static Task BuildAsync(HttpContext http, KojiStandIn koji)
    {
        if (Number(http.Request.Query["buildID"]) is not { } id || koji.Builds.FirstOrDefault(build => build.Id == id) is not { } build)
        {
            return MissingAsync(http, "No such build ID");
        }

        return PageAsync(http, build.Nvr, $"""
            <p>Built by {Text(build.Owner)}, state {build.State.ToString().ToLowerInvariant()}</p><p>Source {Text(build.Source ?? "")}</p>
            <p><a href="taskinfo?taskID={build.TaskId}">Task {build.TaskId}</a></p><p>Tags: {Text(string.Join(", ", build.Tags))}</p>
            """);
    }

    /// <summary><c>offset</c> may be negative: so many bytes before the end, as links to a log's tail have it.</summary>
    private static Task FileAsync(HttpContext http, KojiStandIn koji)
    {
        var query = http.Request.Query;
        return Number(query["taskID"]) is { } id && koji.Files.Find(id, query["name"].ToString()) is { } file
            ? SendAsync(http, file, Number(query["offset"]) ?? 0, Number(query["size"]) ?? -1)
            : MissingAsync(http, "No such file");
    }

    private static Task TaskFileAsync(HttpContext http, KojiStandIn koji)
    {
        int? id = Number((string?)http.GetRouteValue("task"));
        return id is { } task && Number((string?)http.GetRouteValue("part")) == task % 10000 && koji.Files.Find(task, (string)http.GetRouteValue("name")!) is { } file
            ? SendAsync(http, file)
            : MissingAsync(http, "Not Found");
    }

    private static Task BuildLogAsync(HttpContext http, KojiStandIn koji)
    {
        string nvr = $"{http.GetRouteValue("package")}-{http.GetRouteValue("version")}-{http.GetRouteValue("release")}";
        var child = koji.Build(nvr) is { TaskId: { } task }
            ? koji.Children(task).FirstOrDefault(child => child.Method == "buildArch" && child.Arch == (string?)http.GetRouteValue("arch"))
            : null;
        return child is not null && koji.Files.Find(child.Id, (string)http.GetRouteValue("name")!) is { } file
            ? SendAsync(http, file)
            : MissingAsync(http, "Not Found");
    }

    private static async Task SendAsync(HttpContext http, string file, int offset = 0, int size = -1)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file, http.RequestAborted);
        int from = Math.Clamp(offset < 0 ? bytes.Length + offset : offset, 0, bytes.Length);
        int length = size < 0 ? bytes.Length - from : Math.Min(size, bytes.Length - from);
        http.Response.ContentType = "text/plain";
        http.Response.ContentLength = length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes.AsMemory(from, length), http.RequestAborted);
        }
    }

    private static Task PageAsync(HttpContext http, string title, string body)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{Text(title)} | sandbox</title></head><body><h1>{Text(title)}</h1>{body}</body></html>
            """, http.RequestAborted);
    }

    private static Task MissingAsync(HttpContext http, string text)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return PageAsync(http, "Error", $"<p>{Text(text)}</p>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;
}
