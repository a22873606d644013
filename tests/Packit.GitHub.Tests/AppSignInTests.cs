using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Packit.Http;
using Packit.Stub;

namespace Packit.GitHub.Tests;

public class AppSignInTests
{
    private const string Repo = "GET /repos/octo/hello";

    [Fact]
    public async Task The_app_signs_in_with_a_token_that_its_public_key_verifies()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /repos/octo/hello/installation", """{"id": 77, "account": {"login": "octo", "id": 7}}""");

        Assert.Equal(77, await github.Client.FindInstallationAsync(GitHubStub.Hello, GitHubStub.Cancel));

        var request = Assert.Single(github.Server.Requests);
        Assert.Equal("2022-11-28", request.Header("X-GitHub-Api-Version"));
        Assert.Equal("application/vnd.github+json", request.Header("Accept"));
        Assert.StartsWith("packit-service", request.Header("User-Agent"), StringComparison.Ordinal);
        var parts = request.Header("Authorization")!["Bearer ".Length..].Split('.');
        Assert.True(GitHubStub.PublicKey.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var now = GitHubStub.Start.ToUnixTimeSeconds();
        Assert.Equal(now - 60, claims.RootElement.GetProperty("iat").GetInt64());
        Assert.Equal(now + 540, claims.RootElement.GetProperty("exp").GetInt64());
        Assert.Equal("Iv1.abcdef", claims.RootElement.GetProperty("iss").GetString());
    }

    [Fact]
    public async Task A_repository_without_the_app_has_no_installation()
    {
        await using var github = await GitHubStub.StartAsync();
        Assert.Null(await github.Client.FindInstallationAsync(GitHubStub.Hello, GitHubStub.Cancel));
    }

    [Fact]
    public async Task Tokens_are_narrowed_to_the_repository_and_the_needed_permissions()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, GitHubStub.RepositoryJson());

        await github.Repository.GetAsync(GitHubStub.Cancel);
        var forGit = await github.Repository.TokenAsync(GitHubStub.Cancel);

        var asked = github.Server.RequestsTo(GitHubStub.TokenCall).Select(request => request.Body).ToArray();
        Assert.Equal(
            """{"repositories":["hello"],"permissions":{"metadata":"read","contents":"read","checks":"write","statuses":"write","issues":"write","pull_requests":"write"}}""",
            asked[0]);
        Assert.Equal("""{"repositories":["hello"],"permissions":{"metadata":"read","contents":"read"}}""", asked[1]);
        Assert.Equal("Bearer ghs_1", github.Server.RequestsTo(Repo)[0].Header("Authorization"));
        Assert.Equal("ghs_2", forGit.Reveal());
    }

    [Fact]
    public async Task A_token_is_used_until_shortly_before_its_hour_ends()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, GitHubStub.RepositoryJson());

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => github.Repository.GetAsync(GitHubStub.Cancel)));
        github.Time.Advance(TimeSpan.FromMinutes(50));
        await github.Client.Repository(GitHubStub.Hello, 77).GetAsync(GitHubStub.Cancel);
        Assert.Single(github.Server.RequestsTo(GitHubStub.TokenCall));

        github.Time.Advance(TimeSpan.FromMinutes(3));
        await github.Repository.GetAsync(GitHubStub.Cancel);
        Assert.Equal(2, github.Server.RequestsTo(GitHubStub.TokenCall).Count);
        Assert.Equal("Bearer ghs_2", github.Server.RequestsTo(Repo)[^1].Header("Authorization"));
    }

    [Fact]
    public async Task A_token_that_github_refuses_is_renewed_once()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.OnEach("POST /repos/octo/hello/issues", GitHubStub.Refusal(401, "Bad credentials"), StubAnswer.Json(Answers.Issue(5), 201));

        Assert.Equal(5, (await github.Repository.CreateIssueAsync("t", "b", GitHubStub.Cancel)).Number);
        Assert.Equal(["Bearer ghs_1", "Bearer ghs_2"], github.Server.RequestsTo("POST /repos/octo/hello/issues").Select(request => request.Header("Authorization")));

        github.Server.On(Repo, GitHubStub.Refusal(401, "Bad credentials"));
        var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
        Assert.Equal(RemoteFailure.Unauthorized, failed.Failure);
        Assert.Equal(2, github.Server.RequestsTo(Repo).Count);
    }

    [Fact]
    public async Task An_installation_that_granted_less_gets_a_token_for_what_it_granted()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server
            .On(Repo, GitHubStub.RepositoryJson())
            .On("GET /app/installations/77", """{"id": 77, "permissions": {"metadata": "read", "contents": "write", "checks": "read", "actions": "write"}}""")
            .On(GitHubStub.TokenCall, request => request.Body.Contains("issues", StringComparison.Ordinal)
                ? GitHubStub.Refusal(422, "The permissions requested are not granted to this installation.")
                : StubAnswer.Json(github.TokenJson(), 201));

        Assert.Equal(42, (await github.Repository.GetAsync(GitHubStub.Cancel)).Id);
        Assert.Equal(
            """{"repositories":["hello"],"permissions":{"metadata":"read","contents":"read","checks":"read"}}""",
            github.Server.RequestsTo(GitHubStub.TokenCall)[^1].Body);
    }

    [Fact]
    public async Task A_suspended_installation_is_a_refusal_that_says_so()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(GitHubStub.TokenCall, GitHubStub.Refusal(403, "This installation has been suspended"));

        var failed = await Assert.ThrowsAsync<InstallationUnavailableException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
        Assert.Equal((RemoteFailure.Forbidden, true), (failed.Failure, failed.IsSuspended));
        Assert.Contains("suspended", failed.Message, StringComparison.Ordinal);
        Assert.Contains("octo/hello", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_app_credentials_say_what_to_check()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /app", GitHubStub.Refusal(401, "A JSON web token could not be decoded"));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Client.AppAsync(GitHubStub.Cancel));
        Assert.Equal(RemoteFailure.Unauthorized, failed.Failure);
        Assert.Contains("private key", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_key_that_cannot_be_read_is_refused_at_once_and_not_shown()
    {
        await using var server = await StubServer.StartAsync();
        using var http = server.Client();
        var app = GitHubStub.App with { PrivateKeyPem = new Secret("not-a-key-but-secret") };

        var failed = Assert.Throws<ArgumentException>(() => new GitHubClient(http, app, TimeProvider.System));
        Assert.Contains("PEM", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-key", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_address_without_a_slash_is_refused()
    {
        await using var server = await StubServer.StartAsync();
        using var http = server.Client();
        http.BaseAddress = new Uri(server.Root, "api/v3");
        Assert.Contains("slash", Assert.Throws<ArgumentException>(() => new GitHubClient(http, GitHubStub.App, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_may_live_below_a_path()
    {
        await using var server = await StubServer.StartAsync();
        using var http = server.Client();
        http.BaseAddress = new Uri(server.Root, "api/v3/");
        server.On("GET /api/v3/app", """{"id": 9, "slug": "packit-test", "name": "Packit", "permissions": {"checks": "write"}, "events": ["release"]}""");

        var app = await new GitHubClient(http, GitHubStub.App, TimeProvider.System).AppAsync(GitHubStub.Cancel);
        Assert.Equal("write", app.Permissions["checks"]);
        Assert.Equal("packit-test[bot]", GitHubStub.App.BotLogin);
    }

    [Fact]
    public async Task An_answer_that_is_not_the_document_is_unexpected_and_not_a_crash()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.OnEach(
            Repo,
            StubAnswer.Json("<html>"),
            StubAnswer.Json("""{"id": 42}"""),
            StubAnswer.Json("""{"id": 42, "id": 43}"""),
            StubAnswer.Json("null"));

        for (var answer = 0; answer < 4; answer++)
        {
            var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
            Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
        }
    }

    [Fact]
    public async Task Trouble_on_the_way_has_its_kind()
    {
        await using var github = await GitHubStub.StartAsync(timeout: TimeSpan.FromMilliseconds(400));
        github.Server.OnEach(
            Repo,
            StubAnswer.Empty(200) with { Cut = true },
            StubAnswer.Json("{") with { NeverEnds = true },
            GitHubStub.Refusal(502, "Server Error"));

        foreach (var expected in new[] { RemoteFailure.Unreachable, RemoteFailure.Timeout, RemoteFailure.ServerError })
        {
            var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
            Assert.Equal(expected, failed.Failure);
            Assert.True(failed.IsTransient);
            Assert.Contains("octo/hello", failed.Message, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.BadGateway, (await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel))).Status);
    }
}
