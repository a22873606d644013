using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.GitHub;

/// <summary>The web host: git over http, archives of tags and branches, release assets.</summary>
internal static class GitHubWebRoutes
{
    private const string Receive = "git-receive-pack";

    private static readonly KeyValuePair<string, string>[] GitSettings =
    [
        new("uploadpack.allowFilter", "true"),
        new("uploadpack.allowAnySHA1InWant", "true"),
        new("http.receivepack", "true"),
        new("receive.autogc", "false"),
    ];

    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn github)
    {
        routes.MapGet("/{owner}/{repo}/info/refs", Here(github, http => GitAsync(http, github, "info/refs")));
        routes.MapPost("/{owner}/{repo}/git-upload-pack", Here(github, http => GitAsync(http, github, "git-upload-pack")));
        routes.MapPost("/{owner}/{repo}/" + Receive, Here(github, http => GitAsync(http, github, Receive)));
        routes.MapMethods("/{owner}/{repo}/archive/{**name}", ["GET", "HEAD"], Here(github, http => ArchiveAsync(http, github)));
        routes.MapMethods("/codeload/{owner}/{repo}/tar.gz/{**reference}", ["GET", "HEAD"], (RequestDelegate)(http => CodeloadAsync(http, github)));
        routes.MapMethods("/{owner}/{repo}/legacy.tar.gz/{**reference}", ["GET", "HEAD"], (RequestDelegate)(http => CodeloadAsync(http, github)));
        routes.MapMethods("/{owner}/{repo}/releases/download/{tag}/{file}", ["GET", "HEAD"], Here(github, http => AssetAsync(http, github)));
        routes.MapMethods("/{owner}/{repo}/raw/{reference}/{**path}", ["GET", "HEAD"], Here(github, http => RawAsync(http, github)));
    }

    /// <summary>Sends on to the name of today who asks under one of before.</summary>
    private static RequestDelegate Here(GitHubStandIn github, RequestDelegate handle) => http =>
    {
        string name = Part(http, "repo");
        string suffix = name.EndsWith(".git", StringComparison.Ordinal) ? ".git" : "";
        if (github.FindMoved(Part(http, "owner"), name[..^suffix.Length]) is not { } moved)
        {
            return handle(http);
        }

        string tail = string.Join('/', http.Request.Path.ToUriComponent().Split('/').Skip(3));
        http.Response.Redirect($"{github.Web}{moved.FullName}{suffix}/{tail}{http.Request.QueryString.ToUriComponent()}", permanent: true);
        return Task.CompletedTask;
    };

    /// <summary>What stands for a ref in the name of an archive and of its folder: the last part, without the v of a version.</summary>
    public static string VersionOf(string reference)
    {
        string name = reference[(reference.LastIndexOf('/') + 1)..];
        return name.Length > 1 && name[0] == 'v' && char.IsAsciiDigit(name[1]) ? name[1..] : name;
    }

    private static Task GitAsync(HttpContext http, GitHubStandIn github, string service)
    {
        string name = Part(http, "repo");
        var repository = github.FindRepository(Part(http, "owner"), name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name);
        bool push = service == Receive || http.Request.Query["service"] == Receive;
        var token = TokenOf(http.Request, github);
        if (token is null && (push || repository is not { Private: false }))
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"GitHub\"";
            return SayAsync(http, StatusCodes.Status401Unauthorized, "Invalid username or token. Password authentication is not supported for Git operations.");
        }

        bool covered = repository is not null && token is not null && github.Covers(token, repository);
        if (repository is null || (repository.Private && !(covered && token!.Permissions.ContainsKey("contents"))))
        {
            return SayAsync(http, StatusCodes.Status404NotFound, "Repository not found.");
        }

        return push && !(covered && token!.Permissions.GetValueOrDefault("contents") == "write")
            ? SayAsync(http, StatusCodes.Status403Forbidden, "Write access to repository not granted.")
            : GitHttpBackend.ServeAsync(http, github.GitOf(repository), service, token is null ? null : github.AppOfInstallation(token.Installation).BotLogin, GitSettings, [], http.RequestAborted);
    }

    /// <summary>The installation token in a Basic header, where the user is <c>x-access-token</c>.</summary>
    private static InstallationToken? TokenOf(HttpRequest request, GitHubStandIn github)
    {
        const string Scheme = "Basic ";
        string header = request.Headers.Authorization.ToString();
        byte[] bytes = new byte[header.Length];
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header[Scheme.Length..], bytes, out int length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is ["x-access-token", var value]
                ? github.Tokens.Find(value)
                : null;
    }

    /// <summary>Sends on to the download host, for <c>refs/tags/v1.tar.gz</c>, <c>v1.tar.gz</c> and <c>v1/any-name.tar.gz</c> alike.</summary>
    private static async Task ArchiveAsync(HttpContext http, GitHubStandIn github)
    {
        const string Suffix = ".tar.gz";
        string name = Part(http, "name");
        if (Public(http, github) is not { } repository || !name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            await MissingAsync(http);
            return;
        }

        string reference = name[..^Suffix.Length];
        int slash = reference.LastIndexOf('/');
        if (slash > 0 && !reference.StartsWith("refs/", StringComparison.Ordinal) && github.GitOf(repository).Refs().Tag(reference) is null)
        {
            // The last part only names the file: projects use it to get a better name than the tag.
            reference = reference[..slash];
        }

        if (await CommitOfAsync(github.GitOf(repository), reference, http.RequestAborted) is null)
        {
            await MissingAsync(http);
            return;
        }

        http.Response.Redirect($"{github.Web}codeload/{repository.FullName}/tar.gz/{reference}");
    }

    private static async Task CodeloadAsync(HttpContext http, GitHubStandIn github)
    {
        string reference = Part(http, "reference");
        if (Public(http, github) is not { } repository
            || await CommitOfAsync(github.GitOf(repository), reference, http.RequestAborted) is not { } commit)
        {
            await MissingAsync(http);
            return;
        }

        string folder = $"{repository.Name}-{VersionOf(reference)}";
        byte[] archive = await github.GitOf(repository).ArchiveAsync(commit, "tar.gz", folder + "/", http.RequestAborted) ?? [];
        http.Response.ContentType = "application/x-gzip";
        http.Response.Headers.ContentDisposition = $"attachment; filename={folder}.tar.gz";
        http.Response.ContentLength = archive.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(archive, http.RequestAborted);
        }
    }

    private static Task AssetAsync(HttpContext http, GitHubStandIn github)
    {
        if (Public(http, github) is { } repository)
        {
            var release = repository.Releases.Find(known => !known.Draft && known.Tag == Part(http, "tag"));
            if (release?.Assets.Find(known => known.Name == Part(http, "file")) is { } asset)
            {
                http.Response.ContentType = "application/octet-stream";
                http.Response.ContentLength = asset.Size;
                return HttpMethods.IsHead(http.Request.Method)
                    ? Task.CompletedTask
                    : http.Response.SendFileAsync(github.AssetFile(repository, asset), http.RequestAborted);
            }
        }

        return MissingAsync(http);
    }

    private static async Task RawAsync(HttpContext http, GitHubStandIn github)
    {
        if (Public(http, github) is { } repository
            && await CommitOfAsync(github.GitOf(repository), Part(http, "reference"), http.RequestAborted) is { } commit
            && await github.GitOf(repository).ReadAsync(commit, Part(http, "path"), http.RequestAborted) is { } bytes)
        {
            http.Response.ContentType = "text/plain; charset=utf-8";
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(HttpMethods.IsHead(http.Request.Method) ? default : bytes, http.RequestAborted);
            return;
        }

        await MissingAsync(http);
    }

    private static async Task<string?> CommitOfAsync(BareRepository git, string reference, CancellationToken ct)
    {
        string name = reference.StartsWith("refs/", StringComparison.Ordinal) ? reference : "refs/tags/" + reference;
        return git.Refs().Find(name) is not null ? await git.ResolveAsync(name, ct) : git.Refs().Branch(reference);
    }

    private static Repository? Public(HttpContext http, GitHubStandIn github) =>
        github.FindRepository(Part(http, "owner"), Part(http, "repo")) is { Private: false } repository ? repository : null;

    private static string Part(HttpContext http, string name) =>
        ((string?)http.GetRouteValue(name) ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static Task MissingAsync(HttpContext http) => SayAsync(http, StatusCodes.Status404NotFound, "Not Found");

    private static Task SayAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
