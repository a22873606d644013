using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.Pagure;

/// <summary>git over http: everybody reads; a push needs a user and a token with the ACL <c>commit</c>, and passes the hook.</summary>
internal static class GitRoutes
{
    private const string Receive = "git-receive-pack";

    public static void Map(IEndpointRouteBuilder routes, PagureStandIn pagure)
    {
        foreach (string prefix in (string[])["/{ns}/{repo}", "/forks/{user}/{ns}/{repo}"])
        {
            routes.MapGet(prefix + "/info/refs", (RequestDelegate)(http => ServeAsync(http, pagure, "info/refs")));
            routes.MapPost(prefix + "/git-upload-pack", (RequestDelegate)(http => ServeAsync(http, pagure, "git-upload-pack")));
            routes.MapPost(prefix + "/" + Receive, (RequestDelegate)(http => ServeAsync(http, pagure, Receive)));
        }
    }

    private static async Task ServeAsync(HttpContext http, PagureStandIn pagure, string service)
    {
        string name = Part(http, "repo")!;
        name = name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
        if (pagure.Find(Part(http, "ns")!, name, Part(http, "user")) is not { } project)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            await http.Response.WriteAsync("Project not found\n", http.RequestAborted);
            return;
        }

        bool push = service == Receive || http.Request.Query["service"] == Receive;
        string? user = push ? Authenticate(http.Request, pagure) : null;
        if (push && user is null)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"Pagure\"";
            http.Response.ContentType = "text/plain";
            await http.Response.WriteAsync("Authorization Required", http.RequestAborted);
            return;
        }

        if (service == Receive)
        {
            await ReceiveAsync(http, pagure, project, user!);
            return;
        }

        await GitHttpBackend.ServeAsync(http, pagure.GitOf(project), service, user, pagure.PushRules.Configuration, [], http.RequestAborted);
    }

    /// <summary>
    /// The answer is held back until the pull requests have followed the push, so that who has it sees them as they are now.
    /// git is let to its end though the client may be gone: one that is ended in the middle leaves its locks behind, and then
    /// nobody can push to that branch any more.
    /// </summary>
    private static async Task ReceiveAsync(HttpContext http, PagureStandIn pagure, Project project, string user)
    {
        var received = pagure.PushRules.NewReport();
        var environment = PushRules.Environment(project, user, pagure.MayCommit(project, user), received);
        var wire = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        try
        {
            await GitHttpBackend.ServeAsync(http, pagure.GitOf(project), Receive, user, pagure.PushRules.Configuration, environment, CancellationToken.None);
        }
        catch (InvalidOperationException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client broke off before git knew what was wanted.
        }
        finally
        {
            http.Response.Body = wire;
            await PullRequestWork.AfterPushAsync(pagure, project, PushRules.TakeReport(received), user, CancellationToken.None);
        }

        await wire.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), http.RequestAborted);
    }

    /// <summary>The user of a Basic header whose password is a valid token of that very user that may commit.</summary>
    private static string? Authenticate(HttpRequest request, PagureStandIn pagure)
    {
        const string Scheme = "Basic ";
        string header = request.Headers.Authorization.ToString();
        byte[] bytes = new byte[header.Length];
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header[Scheme.Length..], bytes, out int length)
            || Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is not [var name, var password])
        {
            return null;
        }

        lock (pagure.State.Gate)
        {
            var now = pagure.Time.GetUtcNow();
            return pagure.State.Tokens.Exists(token =>
                token.Value == password && token.User == name && token.Expires > now && token.Acls.Contains("commit")) ? name : null;
        }
    }

    private static string? Part(HttpContext http, string name) => (string?)http.GetRouteValue(name);
}
