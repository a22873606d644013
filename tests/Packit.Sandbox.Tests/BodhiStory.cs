using System.Net;
using System.Text.RegularExpressions;
using Packit.Sandbox.Bodhi;

namespace Packit.Sandbox.Tests;

/// <summary>A story with the service's account in Bodhi: builds in a table, a package with commit rights, a cookie jar.</summary>
public abstract class BodhiStory : SandboxStory
{
    private readonly CookieContainer _jar = new();
    private readonly HttpClient _client;

    protected BodhiStory() => _client = new HttpClient(new SocketsHttpHandler { CookieContainer = _jar });

    protected override WorldOptions Options => base.Options with { Time = Clock };

    protected SteppedClock Clock { get; } = new();

    /// <summary>The CSRF token of the session.</summary>
    protected string Token { get; private set; } = "";

    /// <summary>The builds that Bodhi finds.</summary>
    protected BuildTable Koji { get; } = new();

    /// <summary>The whole way of bodhi-client: code, tokens, ticket, CSRF token.</summary>
    protected async Task LoginAsync()
    {
        World.Bodhi.Builds = Koji;
        if (World.FindPackage("hello") is null)
        {
            foreach (string name in (string[])["hello", "world"])
            {
                var package = await World.CreatePackageAsync(name, ["rawhide"], new FileSet { [name + ".spec"] = "Name: x\n" }, ct: Ct);
                package.SetAccess("packit", "commit");
            }

            Koji.Add("hello-1.0-1.fc43", "f43-updates-candidate");
            Koji.Add("hello-1.1-1.fc43", "f43-updates-candidate");
        }

        string access = (await TokensAsync()).Json["access_token"]!.ToString();
        using var login = new HttpRequestMessage(HttpMethod.Get, new Uri(World.BodhiApi, "oidc/login-token"));
        login.Headers.Authorization = new("Bearer", access);
        Assert.Equal(202, (await CallAsync(login)).Status);
        Token = (await GetAsync("csrf")).Json["csrf_token"]!.ToString();
    }

    /// <summary>A code by the gate, and tokens for it.</summary>
    protected async Task<Answer> TokensAsync()
    {
        string code = await CodeAsync();
        return await TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", "urn:ietf:wg:oauth:2.0:oob"), ("client_id", "bodhi-client"));
    }

    protected async Task<string> CodeAsync()
    {
        string query = "response_type=code&client_id=bodhi-client&redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob&scope=openid+profile&state=abc";
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(World.Identity.Address, "openidc/Authorization?" + query));
        string page = (await CallAsync(ask)).Text;
        var match = Regex.Match(page, @"<title>\s*code=(?<code>[\w\-_]+)&state=abc\s*</title>", RegexOptions.NonBacktracking);
        Assert.True(match.Success, page);
        return match.Groups["code"].Value;
    }

    protected async Task<Answer> TokenAsync(params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(World.Identity.Address, "openidc/Token")) { Content = Form(fields) };
        return await CallAsync(request);
    }

    protected Task<Answer> SaveAsync(params (string Name, string Value)[] fields) => PostAsync("updates/", fields);

    protected async Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(World.BodhiApi, path)) { Content = Form([.. fields, ("csrf_token", Token)]) };
        return await CallAsync(request);
    }

    protected async Task<Answer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(World.BodhiApi, path));
        return await CallAsync(request);
    }

    protected async Task<Answer> CallAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request, Ct);
        var headers = response.Headers.ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(Ct), headers);
    }

    protected static string Error(Answer answer) => answer.Json["errors"]![0]!["description"]!.ToString();

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
