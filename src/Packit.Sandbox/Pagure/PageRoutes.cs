using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Pagure;

/// <summary>Pages outside the API: raw files, patches, and a plain page of a pull request for whoever follows its link.</summary>
internal static class PageRoutes
{
    public static void Map(IEndpointRouteBuilder routes, PagureStandIn pagure)
    {
        foreach (string prefix in (string[])["/{ns}/{repo}", "/fork/{user}/{ns}/{repo}"])
        {
            routes.MapMethods(prefix + "/raw/{gitref}/f/{**path}", ["GET", "HEAD"], (RequestDelegate)(http => RawAsync(http, pagure)));
            routes.MapMethods(prefix + "/blob/{gitref}/f/{**path}", ["GET", "HEAD"], (RequestDelegate)(http => RawAsync(http, pagure)));
            routes.MapGet(prefix + "/pull-request/{id}", (RequestDelegate)(http => PullRequestAsync(http, pagure)));
        }
    }

    private static async Task RawAsync(HttpContext http, PagureStandIn pagure)
    {
        if (Project(http, pagure) is { } project
            && await pagure.GitOf(project).ResolveAsync(Part(http, "gitref")!, http.RequestAborted) is { } commit
            && await pagure.GitOf(project).ReadAsync(commit, Part(http, "path") ?? "", http.RequestAborted) is { } bytes)
        {
            http.Response.ContentType = "text/plain; charset=" + (bytes.All(one => one < 0x80) ? "ascii" : "utf-8");
            http.Response.ContentLength = bytes.Length;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
            }

            return;
        }

        await MissingAsync(http);
    }

    private static async Task PullRequestAsync(HttpContext http, PagureStandIn pagure)
    {
        string id = Part(http, "id")!;
        string kind = Path.GetExtension(id);
        var project = Project(http, pagure);
        if (project is null || !int.TryParse(Path.GetFileNameWithoutExtension(id), CultureInfo.InvariantCulture, out int number)
            || PullRequestWork.Find(pagure, project, number) is not { } found)
        {
            await MissingAsync(http);
            return;
        }

        if (kind == ".patch" && found is { Fork: { } fork, CommitStop: { } stop })
        {
            var source = pagure.GitOf(pagure.ById(found.RepoFrom));
            var patch = await source.RunAsync(http.RequestAborted, "format-patch", "--stdout", "--no-signature", $"{fork}..{stop}");
            await SayAsync(http, "text/plain; charset=utf-8", patch.Text);
            return;
        }

        var view = await PullRequestWork.ViewAsync(pagure, project, found, http.RequestAborted);
        await (kind == ".diff" ? SayAsync(http, "text/plain; charset=utf-8", view.Diff) : SayAsync(http, "text/html; charset=utf-8", Page(project, view)));
    }

    private static string Page(Project project, PullRequestView view)
    {
        string comments = string.Concat(view.Comments.Select(comment => $"<h3>{Text(comment.Author)}</h3><pre>{Text(comment.Text)}</pre>"));
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>PR#{view.Id}: {Text(view.Title)} - {Text(project.FullName)}</title></head>
            <body><h1>#{view.Id} {Text(view.Title)}</h1>
            <p>{Text(view.Status)}: {Text(view.Author)} asks to merge {Text(view.Source)} {Text(view.BranchFrom)} into {Text(view.Branch)}</p>
            <pre>{Text(view.InitialComment ?? "")}</pre>{comments}<h2>Changes</h2><pre>{Text(view.Diff)}</pre></body></html>
            """;
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static Task MissingAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return SayAsync(http, "text/html; charset=utf-8", "<!DOCTYPE html>\n<html lang='en'><head><title>Page not found</title></head><body><h2>Page not found (404)</h2></body></html>\n");
    }

    private static Task SayAsync(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static Project? Project(HttpContext http, PagureStandIn pagure) =>
        pagure.Find(Part(http, "ns")!, Part(http, "repo")!, Part(http, "user"));

    private static string? Part(HttpContext http, string name) => (string?)http.GetRouteValue(name);
}
