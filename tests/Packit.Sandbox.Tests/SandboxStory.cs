using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Packit.Sandbox.GitHub;

namespace Packit.Sandbox.Tests;

/// <summary>A world of its own for each story, a plain HTTP client, and a folder for clones.</summary>
public abstract class SandboxStory : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "packit-sandbox-" + Guid.NewGuid().ToString("N"));

    protected World World { get; private set; } = null!;

    protected HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(20) };

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected virtual WorldOptions Options => new() { Folder = Path.Combine(_folder, "world") };

    public async ValueTask InitializeAsync()
    {
        Http.DefaultRequestHeaders.UserAgent.ParseAdd("sandbox-story/1");
        World = await World.StartAsync(Options, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        Http.Dispose();
        Assert.DoesNotContain(World.Requests.All, record => record.Crash is not null);
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the world and starts it anew on its folder.</summary>
    protected async Task RestartAsync()
    {
        await World.DisposeAsync();
        World = await World.StartAsync(Options, Ct);
    }

    protected string Folder(string name)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(path);
        return path;
    }

    protected Task<UpstreamProject> UpstreamAsync(string name = "hello") => World.CreateUpstreamAsync(
        "octo", name, new FileSet { [".packit.yaml"] = "jobs: []\n", ["hello.spec"] = "Name: hello\n", ["src/main.c"] = "int main() { return 0; }\n" }, ct: Ct);

    /// <summary>An App token by hand: the wire format, not a library.</summary>
    protected string Jwt(TimeSpan? issued = null, TimeSpan? expires = null, string? issuer = null, string? pem = null)
    {
        var now = Options.Time.GetUtcNow();
        string head = Encode("""{"alg":"RS256","typ":"JWT"}""");
        string claims = Encode(new JsonObject
        {
            ["iat"] = (now + (issued ?? TimeSpan.FromSeconds(-60))).ToUnixTimeSeconds(),
            ["exp"] = (now + (expires ?? TimeSpan.FromSeconds(540))).ToUnixTimeSeconds(),
            ["iss"] = issuer ?? World.AppId.ToString(),
        }.ToJsonString());
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem ?? World.AppPrivateKeyPem);
        byte[] signature = rsa.SignData(Encoding.ASCII.GetBytes(head + "." + claims), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{Convert.ToBase64String(signature).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
    }

    protected async Task<string> InstallationTokenAsync(string owner = "octo", JsonObject? narrowing = null)
    {
        string jwt = Jwt();
        var installation = (await GitHubAsync("GET", $"users/{owner}/installation", jwt)).Json;
        var token = await GitHubAsync("POST", $"app/installations/{installation["id"]}/access_tokens", jwt, narrowing);
        Assert.Equal(201, token.Status);
        return token.Json["token"]!.ToString();
    }

    protected async Task<Answer> GitHubAsync(
        string method, string path, string? token, JsonNode? body = null, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(World.GitHubApi, path));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        with?.Invoke(request);
        return await SendAsync(request);
    }

    protected async Task<Answer> PagureAsync(string method, string path, string? token, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(World.DistGit, path));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("token", token);
        }

        if (fields.Length > 0)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        }

        return await SendAsync(request);
    }

    protected async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, Ct);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(Ct);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, bytes, headers);
    }

    /// <summary>git as a user has it, with a password helper instead of a prompt.</summary>
    protected static Task<GitResult> GitAsync(string folder, params string[] arguments) => RealGit.RunAsync(folder, arguments, Ct);

    protected static Uri WithLogin(Uri uri, string user, string password) =>
        new UriBuilder(uri) { UserName = Uri.EscapeDataString(user), Password = Uri.EscapeDataString(password) }.Uri;

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
