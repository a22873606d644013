using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.GitHub;

/// <summary>One endpoint of the REST API: answers, or refuses.</summary>
internal delegate Task<GitHubReply> GitHubHandler(GitHubCall call);

/// <summary>The REST API's addresses, and what is the same for all: login, rate limit, conditional requests, errors.</summary>
internal sealed class GitHubApiRoutes
{
    private const string NoUserAgent =
        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header "
        + "(https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.\n";

    private const int AnonymousLimit = 60;
    private const int AppLimit = 5000;
    private static readonly string[] Versions = ["2022-11-28", "2026-03-10"];
    private readonly IEndpointRouteBuilder _routes;
    private readonly GitHubStandIn _github;

    private GitHubApiRoutes(IEndpointRouteBuilder routes, GitHubStandIn github)
    {
        _routes = routes;
        _github = github;
    }

    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn github)
    {
        var api = new GitHubApiRoutes(routes, github);
        AppEndpoints.Map(api);
        DeliveryEndpoints.Map(api);
        RepositoryEndpoints.Map(api);
        ReleaseEndpoints.Map(api);
        GitDataEndpoints.Map(api);
        CompareEndpoints.Map(api);
        ContentEndpoints.Map(api);
        CheckEndpoints.Map(api);
        StatusEndpoints.Map(api);
        IssueEndpoints.Map(api);
        CommentEndpoints.Map(api);
        api.Route("GET", "/rate_limit", api.RateLimit, free: true);
        routes.MapFallback((RequestDelegate)(http => api.RunAsync(http, _ => throw GitHubRefusal.NotFound(), free: false)));
    }

    /// <summary>An endpoint of the site.</summary>
    public void Site(string method, string path, GitHubHandler handler) => Route(method, path, handler, free: false);

    /// <summary>An endpoint that wants the App's JSON web token.</summary>
    public void OfApp(string method, string path, GitHubHandler handler) => Site(method, path, call =>
        call.Caller is Caller.App ? handler(call) : throw GitHubRefusal.NoJwt());

    /// <summary>An endpoint of a repository.</summary>
    /// <param name="permission">What the caller needs there, such as <c>checks</c>; writing for everything but GET.</param>
    /// <param name="forReaders">Whether reading is enough for other methods too.</param>
    public void OfRepository(string method, string path, string permission, GitHubHandler handler, bool forReaders = false)
    {
        Task<GitHubReply> AdmittedAsync(GitHubCall call)
        {
            call.Admit(permission, write: method != "GET" && !forReaders);
            return handler(call);
        }

        Site(method, "/repos/{owner}/{repo}" + path, AdmittedAsync);

        // Where the redirects of renamed repositories lead.
        Site(method, "/repositories/{number_of_repository}" + path, AdmittedAsync);
    }

    private void Route(string method, string path, GitHubHandler handler, bool free) =>
        _routes.MapMethods(path, [method], (RequestDelegate)(http => RunAsync(http, handler, free)));

    private async Task RunAsync(HttpContext http, GitHubHandler handler, bool free)
    {
        if (http.Request.Headers.UserAgent.Count == 0)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.WriteAsync(NoUserAgent, http.RequestAborted);
            return;
        }

        RateBucket? bucket = null;
        IDisposable? admitted = null;
        GitHubReply reply;
        try
        {
            var caller = Identify(http.Request);
            bucket = BucketOf(caller);
            if (!free)
            {
                Spend(caller, bucket);
            }

            admitted = free ? null : _github.Secondary.Admit(caller, http.Request.Method);
            CheckVersion(http.Request);
            reply = await handler(new GitHubCall(http, _github, caller));
        }
        catch (GitHubRefusal refusal)
        {
            if (refusal.Accepted is { } accepted)
            {
                http.Response.Headers["X-Accepted-GitHub-Permissions"] = accepted;
            }

            if (refusal.RetryAfter is { } pause)
            {
                http.Response.Headers.RetryAfter = Text((long)Math.Ceiling(pause.TotalSeconds));
            }

            reply = GitHubReply.Json(refusal.Body(), refusal.Status) with { Location = refusal.Location };
        }
        finally
        {
            admitted?.Dispose();
        }

        await AnswerAsync(http, reply, bucket, free);
    }

    private Caller Identify(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return new Caller.Anonymous();
        }

        string[] parts = header.Split(' ', 2);
        if (parts is not [var scheme, var value] || scheme.ToUpperInvariant() is not ("BEARER" or "TOKEN"))
        {
            throw GitHubRefusal.BadCredentials();
        }

        if (value.Contains('.', StringComparison.Ordinal))
        {
            return new Caller.App(JwtCheck.Check(value, _github.Apps, _github.Time.GetUtcNow()));
        }

        var token = _github.Tokens.Find(value) ?? throw GitHubRefusal.BadCredentials();
        lock (_github.State.Gate)
        {
            return _github.State.Installations.Exists(known => known.Id == token.Installation && known.SuspendedAt is null)
                ? new Caller.Installation(token)
                : throw new GitHubRefusal(403, "This installation has been suspended");
        }
    }

    private RateBucket BucketOf(Caller caller) => caller switch
    {
        Caller.Installation installation => _github.Tokens.InstallationBucket(installation.Token.Installation),
        Caller.App app => _github.Tokens.Bucket(app.Identity.Slug, AppLimit),
        _ => _github.Tokens.Bucket("anonymous", AnonymousLimit),
    };

    private static void Spend(Caller caller, RateBucket bucket)
    {
        if (bucket.Remaining == 0)
        {
            throw new GitHubRefusal(403, caller is Caller.Installation installation
                ? $"API rate limit exceeded for installation ID {installation.Token.Installation}."
                : "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit.)");
        }

        bucket.Count(1);
    }

    private static void CheckVersion(HttpRequest request)
    {
        if (request.Headers["X-GitHub-Api-Version"] is [{ } version] && !Versions.Contains(version))
        {
            throw new GitHubRefusal(400, $"The API version \"{version}\" is not supported.");
        }
    }

    private static async Task AnswerAsync(HttpContext http, GitHubReply reply, RateBucket? bucket, bool free)
    {
        var headers = http.Response.Headers;
        headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        headers["X-GitHub-Request-Id"] = http.TraceIdentifier;
        if (reply.Link is not null)
        {
            headers.Link = reply.Link;
        }

        if (reply.Location is not null)
        {
            headers.Location = reply.Location;
        }

        int status = reply.Status;
        if (status == StatusCodes.Status200OK && HttpMethods.IsGet(http.Request.Method))
        {
            string tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(reply.Body))}\"";
            headers.ETag = tag;
            if (http.Request.Headers.IfNoneMatch.Any(known => known?.Split(',').Any(one => Strong(one) == Strong(tag)) == true))
            {
                status = StatusCodes.Status304NotModified;
                if (!free && http.Request.Headers.Authorization.Count > 0)
                {
                    bucket?.Count(-1);
                }
            }
        }

        if (bucket is not null)
        {
            headers["X-RateLimit-Limit"] = Text(bucket.Limit);
            headers["X-RateLimit-Remaining"] = Text(bucket.Remaining);
            headers["X-RateLimit-Used"] = Text(bucket.Used);
            headers["X-RateLimit-Reset"] = Text(bucket.Reset.ToUnixTimeSeconds());
            headers["X-RateLimit-Resource"] = "core";
        }

        http.Response.StatusCode = status;
        if (status is StatusCodes.Status304NotModified or StatusCodes.Status204NoContent)
        {
            return;
        }

        http.Response.ContentType = reply.ContentType;
        http.Response.ContentLength = reply.Body.Length;
        await http.Response.Body.WriteAsync(reply.Body, http.RequestAborted);
    }

    private static string Strong(string tag) => tag.Trim().TrimStart('W').TrimStart('/');

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private Task<GitHubReply> RateLimit(GitHubCall call)
    {
        var bucket = BucketOf(call.Caller);
        System.Text.Json.Nodes.JsonObject Core() => new()
        {
            ["limit"] = bucket.Limit,
            ["used"] = bucket.Used,
            ["remaining"] = bucket.Remaining,
            ["reset"] = bucket.Reset.ToUnixTimeSeconds(),
        };
        return GitHubReply.JsonTask(new System.Text.Json.Nodes.JsonObject
        {
            ["resources"] = new System.Text.Json.Nodes.JsonObject { ["core"] = Core() },
            ["rate"] = Core(),
        });
    }
}
