using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

public sealed class GitHubAppTests : SandboxStory
{
    private readonly SteppedClock _clock = new();

    protected override WorldOptions Options => base.Options with { Time = _clock };

    [Fact]
    public async Task The_app_shows_itself_to_its_own_key_only()
    {
        Assert.Equal("packit-as-a-service", (await GitHubAsync("GET", "app", Jwt())).Json["slug"]!.ToString());

        using var other = RSA.Create(2048);
        Assert.Equal((401, "A JSON web token could not be decoded"), Pair(await GitHubAsync("GET", "app", Jwt(pem: other.ExportRSAPrivateKeyPem()))));
        Assert.Equal((401, "'Expiration time' claim ('exp') is too far in the future"), Pair(await GitHubAsync("GET", "app", Jwt(expires: TimeSpan.FromMinutes(11)))));
        Assert.Equal(401, (await GitHubAsync("GET", "app", Jwt(expires: TimeSpan.FromMinutes(-1)))).Status);
        Assert.Equal(401, (await GitHubAsync("GET", "app", Jwt(issued: TimeSpan.FromMinutes(2)))).Status);
        Assert.Equal(404, (await GitHubAsync("GET", "app", Jwt(issuer: "1"))).Status);
        Assert.Equal(401, (await GitHubAsync("GET", "app", null)).Status);
    }

    [Fact]
    public async Task A_token_ends_after_its_hour()
    {
        await UpstreamAsync();
        string token = await InstallationTokenAsync();
        Assert.Equal(200, (await GitHubAsync("GET", "installation/repositories", token)).Status);

        _clock.Move(TimeSpan.FromMinutes(61));

        Assert.Equal((401, "Bad credentials"), Pair(await GitHubAsync("GET", "installation/repositories", token)));
        Assert.Equal(200, (await GitHubAsync("GET", "installation/repositories", await InstallationTokenAsync())).Status);
    }

    [Fact]
    public async Task A_request_without_a_user_agent_is_forbidden()
    {
        using var bare = new HttpClient();
        using var answer = await bare.GetAsync(new Uri(World.GitHubApi, "app"), Ct);

        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Contains("User-Agent", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_token_is_narrowed_to_repositories_and_permissions()
    {
        await UpstreamAsync();
        await UpstreamAsync("other");
        string token = await InstallationTokenAsync(narrowing: new JsonObject
        {
            ["repositories"] = new JsonArray("hello"), ["permissions"] = new JsonObject { ["issues"] = "write" },
        });
        var issue = new JsonObject { ["title"] = "t" };

        Assert.Equal(201, (await GitHubAsync("POST", "repos/octo/hello/issues", token, issue)).Status);
        Assert.Equal((403, "Resource not accessible by integration"), Pair(await GitHubAsync("POST", "repos/octo/other/issues", token, issue)));
        var check = await GitHubAsync("POST", "repos/octo/hello/check-runs", token, new JsonObject());
        Assert.Equal((403, "Resource not accessible by integration"), Pair(check));
        Assert.Equal("checks=write", check.Headers["X-Accepted-GitHub-Permissions"]);
        Assert.Equal("hello", Assert.Single((await GitHubAsync("GET", "installation/repositories", token)).Json["repositories"]!.AsArray())!["name"]!.ToString());
    }

    [Fact]
    public async Task More_than_was_granted_is_not_given()
    {
        await UpstreamAsync();
        string jwt = Jwt();
        string id = (await GitHubAsync("GET", "repos/octo/hello/installation", jwt)).Json["id"]!.ToString();
        string path = $"app/installations/{id}/access_tokens";

        Assert.Equal(422, (await GitHubAsync("POST", path, jwt, new JsonObject { ["permissions"] = new JsonObject { ["contents"] = "write" } })).Status);
        Assert.Equal(422, (await GitHubAsync("POST", path, jwt, new JsonObject { ["repositories"] = new JsonArray("absent") })).Status);
        Assert.Equal(404, (await GitHubAsync("POST", "app/installations/1/access_tokens", jwt)).Status);
        World.GitHub.Suspend("octo");
        Assert.Equal((403, "This installation has been suspended"), Pair(await GitHubAsync("POST", path, jwt)));
    }

    [Fact]
    public async Task A_private_repository_does_not_exist_for_strangers()
    {
        var project = await UpstreamAsync();
        project.Private = true;
        string token = await InstallationTokenAsync();

        Assert.Equal(404, (await GitHubAsync("GET", "repos/octo/hello", null)).Status);
        Assert.Equal(200, (await GitHubAsync("GET", "repos/octo/hello", token)).Status);
        project.AppInstalled = false;
        Assert.Equal(404, (await GitHubAsync("GET", "repos/octo/hello", token)).Status);
    }

    [Fact]
    public async Task Requests_are_counted_and_end_and_an_unchanged_answer_is_free()
    {
        await UpstreamAsync();
        string token = await InstallationTokenAsync();
        World.GitHub.LimitTo(2);

        var first = await GitHubAsync("GET", "repos/octo/hello", token);
        var same = await GitHubAsync("GET", "repos/octo/hello", token, with: request => request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers["ETag"]));
        var second = await GitHubAsync("GET", "repos/octo/hello/releases", token);
        var third = await GitHubAsync("GET", "repos/octo/hello", token);

        Assert.Equal(("2", "1"), (first.Headers["x-ratelimit-limit"], first.Headers["x-ratelimit-remaining"]));
        Assert.Equal((304, "1"), (same.Status, same.Headers["x-ratelimit-remaining"]));
        Assert.Equal("0", second.Headers["x-ratelimit-remaining"]);
        Assert.Equal(403, third.Status);
        Assert.StartsWith("API rate limit exceeded for installation ID", third.Message);
        Assert.Equal(200, (await GitHubAsync("GET", "rate_limit", token)).Status);
    }

    private static (int, string) Pair(Answer answer) => (answer.Status, answer.Message);
}
