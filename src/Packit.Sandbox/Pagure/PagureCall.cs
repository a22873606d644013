using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.Pagure;

/// <summary>One call of the API: who calls, on which project, with which fields.</summary>
internal sealed class PagureCall(HttpContext http, PagureStandIn pagure)
{
    private const string TokenScheme = "token";
    private Project? _project;
    private Dictionary<string, string>? _fields;

    public HttpContext Http { get; } = http;

    public PagureStandIn Pagure { get; } = pagure;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The token's user; null for an anonymous call.</summary>
    public string? User { get; private set; }

    /// <summary>The project of the path.</summary>
    /// <exception cref="PagureRefusal">It is not there.</exception>
    public Project Project => _project ??=
        Pagure.Find(Part("ns"), Part("repo"), (string?)Http.GetRouteValue("user")) ?? throw PagureRefusal.NoProject();

    public BareRepository Git => Pagure.GitOf(Project);

    /// <summary>A part of the path.</summary>
    public string Part(string name) => (string?)Http.GetRouteValue(name) ?? "";

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Whether a query switch such as <c>with_commits</c> is set.</summary>
    public bool Switch(string name) => Query(name)?.ToUpperInvariant() is "1" or "TRUE" or "ON" or "YES" or "Y" or "T";

    /// <summary>Reads the token: a token that is given must be good, whether one is needed or not.</summary>
    /// <param name="acl">What the token must allow; null when the call is open to everybody.</param>
    /// <param name="login">Whether a token is needed though no particular ACL is.</param>
    public void Authorize(string? acl, bool login)
    {
        string header = Http.Request.Headers.Authorization.ToString();
        int scheme = header.IndexOf(TokenScheme, StringComparison.Ordinal);
        string value = scheme < 0 ? "" : header[(scheme + TokenScheme.Length)..].Trim();
        if (value.Length == 0)
        {
            if (acl is not null || login)
            {
                throw BadToken("Invalid token");
            }

            return;
        }

        lock (Pagure.State.Gate)
        {
            var token = Pagure.State.Tokens.Find(known => known.Value == value) ?? throw BadToken("Invalid token");
            if (token.Expires <= Pagure.Time.GetUtcNow())
            {
                throw BadToken("Expired token");
            }

            if (acl is not null && !token.Acls.Contains(acl))
            {
                throw BadToken("Missing ACLs: " + acl);
            }

            User = token.User;
        }
    }

    /// <summary>Reads the body: a form, or JSON whose false and null are empty texts.</summary>
    public async Task ReadFieldsAsync()
    {
        _fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Http.Request.HasFormContentType)
        {
            foreach (var (name, values) in await Http.Request.ReadFormAsync(Aborted))
            {
                _fields[name] = values.ToString();
            }
        }
        else if (Http.Request.HasJsonContentType() && await JsonNode.ParseAsync(Http.Request.Body, cancellationToken: Aborted) is JsonObject json)
        {
            foreach (var (name, value) in json)
            {
                _fields[name] = value?.GetValueKind() is null or JsonValueKind.Null or JsonValueKind.False ? "" : value.ToString();
            }
        }
    }

    /// <summary>A field of the body, or null when it is absent.</summary>
    public string? Field(string name) => _fields?.GetValueOrDefault(name);

    /// <summary>A field that must be there and not empty.</summary>
    public string Needed(string name) =>
        Field(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw PagureRefusal.Field(name, "This field is required.");

    /// <summary>Whether the caller waits for the work: absent means yes, and any text that is not empty means yes too, <c>false</c> included.</summary>
    public bool Waits() => Field("wait") is null or { Length: > 0 };

    private PagureRefusal BadToken(string detail) => new(
        401, "EINVALIDTOK", $"Invalid or expired token. Please visit {Pagure.Address}settings#nav-api-tab to get or renew your API token.", detail);
}
