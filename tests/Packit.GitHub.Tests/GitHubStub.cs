using System.Globalization;
using System.Security.Cryptography;
using Packit.Http;
using Packit.Stub;

namespace Packit.GitHub.Tests;

/// <summary>A stub with an App that is installed (as number 77) in <c>octo/hello</c>, and a client at it.</summary>
public sealed class GitHubStub : IAsyncDisposable
{
    public const string TokenCall = "POST /app/installations/77/access_tokens";
    public const string Sha = "0123456789abcdef0123456789abcdef01234567";

    public static readonly RepositoryName Hello = new("octo", "hello");
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RSA Key = RSA.Create(2048);

    private readonly Reported _reports = new();
    private int _tokens;

    private GitHubStub(StubServer server, HttpClient http)
    {
        Server = server;
        Client = new GitHubClient(http, App, Time, observer: _reports);
        Repository = Client.Repository(Hello, 77);
        Impatient = new GitHubClient(http, App, Time, new GitHubLimits { LongestWait = TimeSpan.Zero }, _reports).Repository(Hello, 77);
        server.On(TokenCall, _ => StubAnswer.Json(TokenJson(), 201));
    }

    public static GitHubAppCredentials App { get; } = new("Iv1.abcdef", new Secret(Key.ExportRSAPrivateKeyPem()), "packit-test");

    public static RSA PublicKey => Key;

    public StubServer Server { get; }

    public SteppedTime Time { get; } = new(Start);

    public GitHubClient Client { get; }

    public GitHubRepository Repository { get; }

    /// <summary>The same through a client that never waits for its turn.</summary>
    public GitHubRepository Impatient { get; }

    /// <summary>What the observer was told.</summary>
    public IReadOnlyList<RateReport> Reports => [.. _reports.All];

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<GitHubStub> StartAsync(int retries = 0, TimeSpan? timeout = null)
    {
        var server = await StubServer.StartAsync();
        return new GitHubStub(server, server.Client(retries, timeout));
    }

    public static string RepositoryJson(string fullName = "octo/hello") => $$"""
        {"id": 42, "name": "hello", "full_name": "{{fullName}}", "private": false, "default_branch": "main",
         "html_url": "https://github.test/{{fullName}}", "clone_url": "https://github.test/{{fullName}}.git",
         "owner": {"login": "octo", "id": 7, "type": "Organization"}, "has_issues": true}
        """;

    public static StubAnswer Refusal(int status, string message, params (string Name, string Value)[] headers) =>
        StubAnswer.Json($$"""{"message": "{{message}}", "documentation_url": "https://docs.github.test", "status": "{{status}}"}""", status).With(headers);

    public string TokenJson()
    {
        var number = Interlocked.Increment(ref _tokens);
        var expires = (Time.GetUtcNow() + TimeSpan.FromHours(1)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $$"""{"token": "ghs_{{number}}", "expires_at": "{{expires}}", "permissions": {"contents": "read"}, "repository_selection": "selected"}""";
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private sealed class Reported : IRateObserver
    {
        public System.Collections.Concurrent.ConcurrentQueue<RateReport> All { get; } = new();

        public void Noted(RateReport report) => All.Enqueue(report);
    }
}
