using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.GitHub;

/// <summary>One call of the REST API: who calls, on which repository, with which body.</summary>
internal sealed class GitHubCall(HttpContext http, GitHubStandIn github, Caller caller)
{
    private const int UsualPage = 30;
    private const int LargestPage = 100;
    private Repository? _repository;

    public HttpContext Http { get; } = http;

    public GitHubStandIn GitHub { get; } = github;

    public Caller Caller { get; } = caller;

    public GitHubJson Json => GitHub.Json;

    public Lock Gate => GitHub.State.Gate;

    public CancellationToken Aborted => Http.RequestAborted;

    public DateTimeOffset Now => GitHub.Time.GetUtcNow();

    /// <summary>The login under which the App acts.</summary>
    public string Bot => App.BotLogin;

    /// <summary>The App that calls.</summary>
    public AppIdentity App => Caller switch
    {
        Caller.App app => app.Identity,
        Caller.Installation installation => GitHub.AppOfInstallation(installation.Token.Installation),
        _ => GitHub.App,
    };

    /// <summary>The repository of the path, once the caller was let in.</summary>
    public Repository Repository => _repository ?? throw new InvalidOperationException("The endpoint is not one of a repository.");

    public BareRepository Git => GitHub.GitOf(Repository);

    /// <summary>A part of the path, decoded: a slash within it comes as <c>%2F</c> and stays so in the routes.</summary>
    public string Part(string name) => ((string?)Http.GetRouteValue(name) ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public long Number(string name) => long.TryParse(Part(name), CultureInfo.InvariantCulture, out long number) ? number : throw GitHubRefusal.NotFound();

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Whether the caller asks for a media type such as <c>raw</c> or <c>sha</c>.</summary>
    public bool Asks(string type) => Http.Request.Headers.Accept.ToString().Split(',').Any(accept =>
        accept.Trim() is var media && (media == "application/vnd.github." + type || media == $"application/vnd.github.{type}+json"
            || media == "application/vnd.github.v3." + type));

    /// <summary>Lets the caller in, or refuses as GitHub does.</summary>
    /// <param name="permission">Such as <c>checks</c>.</param>
    /// <param name="write">Whether writing is asked for.</param>
    public void Admit(string permission, bool write)
    {
        var repository = Named() ?? throw GitHubRefusal.NotFound();
        string accepted = permission + (write ? "=write" : "=read");
        switch (Caller)
        {
            case Caller.Anonymous when repository.Private:
                throw GitHubRefusal.NotFound();
            case Caller.Anonymous when write:
                throw new GitHubRefusal(401, "Requires authentication");
            case Caller.App:
                throw GitHubRefusal.NotAccessible(accepted);
            case Caller.Installation { Token: var token } when !Covers(token, repository) && repository.Private:
                throw GitHubRefusal.NotFound();
            case Caller.Installation { Token: var token } when Covers(token, repository) ? !Allows(token, permission, write) : write:
                throw GitHubRefusal.NotAccessible(accepted);
            default:
                _repository = repository;
                break;
        }
    }

    /// <summary>The repository of the path, by name or by number.</summary>
    /// <exception cref="GitHubRefusal">The name is one of before: the answer says where it is now.</exception>
    public Repository? Named()
    {
        if (Http.Request.RouteValues.ContainsKey("number_of_repository"))
        {
            return GitHub.FindRepository(Number("number_of_repository"));
        }

        if (GitHub.FindMoved(Part("owner"), Part("repo")) is { } moved)
        {
            string path = Http.Request.Path.ToUriComponent();
            string tail = string.Join('/', path.Split('/').Skip(4));
            string query = Http.Request.QueryString.ToUriComponent();
            throw GitHubRefusal.Moved($"{GitHub.Api}repositories/{moved.Id}{(tail.Length > 0 ? "/" + tail : "")}{query}", Http.Request.Method);
        }

        return GitHub.FindRepository(Part("owner"), Part("repo"));
    }

    /// <summary>Whether the caller may write contents here: who may sees drafts.</summary>
    public bool SeesDrafts() => Caller is Caller.Installation { Token: var token } && Covers(token, Repository) && Allows(token, "contents", write: true);

    /// <exception cref="GitHubRefusal">The body is no JSON object.</exception>
    public async Task<JsonObject> BodyAsync()
    {
        try
        {
            return await JsonNode.ParseAsync(Http.Request.Body, cancellationToken: Aborted) as JsonObject ?? throw new GitHubRefusal(400, "Body should be a JSON object");
        }
        catch (JsonException)
        {
            throw new GitHubRefusal(400, "Problems parsing JSON");
        }
    }

    /// <summary>A page of a list, with the <c>Link</c> header to the others.</summary>
    /// <param name="wrap">Makes the answer of the shown part; null for a plain array.</param>
    public GitHubReply Page<T>(IReadOnlyCollection<T> all, Func<T, JsonNode> shape, Func<JsonArray, JsonNode>? wrap = null)
    {
        int size = Math.Clamp(QueryNumber("per_page", UsualPage), 1, LargestPage);
        int page = Math.Max(1, QueryNumber("page", 1));
        int last = Math.Max(1, (all.Count + size - 1) / size);
        var shown = new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(shape)]);
        var links = new List<string>();
        if (page > 1)
        {
            links.Add(Link(page - 1, size, "prev"));
            links.Add(Link(1, size, "first"));
        }

        if (page < last)
        {
            links.Add(Link(page + 1, size, "next"));
            links.Add(Link(last, size, "last"));
        }

        return GitHubReply.Json(wrap?.Invoke(shown) ?? shown, link: links.Count > 0 ? string.Join(", ", links) : null);
    }

    private static bool Allows(InstallationToken token, string permission, bool write) =>
        permission == "metadata" || (token.Permissions.TryGetValue(permission, out string? level) && (level == "write" || (!write && level == "read")));

    private bool Covers(InstallationToken token, Repository repository) => GitHub.Covers(token, repository);

    private int QueryNumber(string name, int usual) => int.TryParse(Query(name), CultureInfo.InvariantCulture, out int number) ? number : usual;

    private string Link(int page, int size, string relation)
    {
        var others = Http.Request.Query.Where(pair => pair.Key is not ("page" or "per_page"))
            .Select(pair => $"&{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}");
        string path = Http.Request.Path.ToUriComponent().TrimStart('/');
        return $"<{GitHub.Api}{path}?per_page={size}{string.Concat(others)}&page={page}>; rel=\"{relation}\"";
    }
}
