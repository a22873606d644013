using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

public sealed class GitHubInstallationTests : SandboxStory
{
    [Fact]
    public async Task Installing_and_removing_are_told_and_the_tokens_end()
    {
        await using var service = await HookListener.StartAsync(Ct);
        World.WebhookTarget = service.Address;
        await World.CreateUpstreamAsync("octo", "hello", new FileSet { ["README"] = "Hello.\n" }, installed: false, ct: Ct);
        Assert.Equal(404, (await GitHubAsync("GET", "users/octo/installation", Jwt())).Status);

        await World.GitHub.InstallAppAsync("octo", "ada", Ct);
        string token = await InstallationTokenAsync();
        Assert.Equal(200, (await GitHubAsync("GET", "repos/octo/hello/issues", token)).Status);
        await World.GitHub.UninstallAppAsync("octo", "ada", Ct);

        Assert.Equal(401, (await GitHubAsync("GET", "repos/octo/hello/issues", token)).Status);
        Assert.Equal(["created", "deleted"], service.Hooks.Select(hook => JsonNode.Parse(hook.Body)!["action"]!.ToString()));
        var created = JsonNode.Parse(service.Hooks[0].Body)!;
        Assert.Equal(("octo", "Organization", "ada"), (
            created["installation"]!["account"]!["login"]!.ToString(), created["installation"]!["target_type"]!.ToString(), created["sender"]!["login"]!.ToString()));
        Assert.Equal("octo/hello", Assert.Single(created["repositories"]!.AsArray())!["full_name"]!.ToString());
        Assert.Null(created["repository"]);
        Assert.Equal(404, (await GitHubAsync("POST", $"app/installations/{created["installation"]!["id"]}/access_tokens", Jwt())).Status);
    }

    [Fact]
    public async Task A_suspended_App_is_refused_and_hears_nothing_until_it_is_unsuspended()
    {
        var project = await UpstreamAsync();
        string token = await InstallationTokenAsync();

        await World.GitHub.SuspendAppAsync("octo", "ada", Ct);
        Assert.Equal(403, (await GitHubAsync("GET", "repos/octo/hello", token)).Status);
        Assert.Null(await project.PublishReleaseAsync("v1.0", ct: Ct));
        await World.GitHub.UnsuspendAppAsync("octo", "ada", Ct);

        Assert.Equal(200, (await GitHubAsync("GET", "repos/octo/hello", token)).Status);
        Assert.Equal(["suspend", "unsuspend"], World.GitHub.Deliveries.Select(sent => sent.Action));
    }

    [Fact]
    public async Task The_old_name_of_a_repository_redirects_by_its_number_until_somebody_takes_it()
    {
        var project = await UpstreamAsync();
        string token = await InstallationTokenAsync();
        await project.RenameAsync("hallo", Ct);

        var moved = await GitHubAsync("GET", "repos/octo/hello/issues?state=open", token);
        var written = await GitHubAsync("POST", "repos/octo/hello/issues", token, new JsonObject { ["title"] = "An issue" });
        string location = moved.Headers["Location"];

        Assert.Equal((301, 307), (moved.Status, written.Status));
        Assert.EndsWith("/issues?state=open", location, StringComparison.Ordinal);
        Assert.Matches("/repositories/[0-9]+/issues", location);
        Assert.Equal(200, (await GitHubAsync("GET", location[World.GitHubApi.AbsoluteUri.Length..], token)).Status);
        Assert.Equal(422, (await GitHubAsync(
            "POST", $"app/installations/{(await GitHubAsync("GET", "users/octo/installation", Jwt())).Json["id"]}/access_tokens", Jwt(),
            new JsonObject { ["repositories"] = new JsonArray("hello") })).Status);

        await UpstreamAsync();
        Assert.Equal("octo/hello", (await GitHubAsync("GET", "repos/octo/hello", token)).Json["full_name"]!.ToString());
        Assert.Equal("octo/hallo", (await GitHubAsync("GET", "repos/octo/hallo", token)).Json["full_name"]!.ToString());
    }

    [Fact]
    public async Task What_somebody_wrote_and_may_do_stays_theirs_when_somebody_else_takes_the_name()
    {
        var project = await UpstreamAsync();
        string token = await InstallationTokenAsync();
        project.SetPermission("ada", "write");
        int issue = await project.OpenIssueAsync("ada", "An issue");
        await project.CommentAsync(issue, "ada", "A comment", Ct);
        long id = (long)(await GitHubAsync("GET", "users/ada", token)).Json["id"]!;

        await World.GitHub.RenameAccountAsync("ada", "countess", Ct);
        Assert.Equal(404, (await GitHubAsync("GET", "users/ada", token)).Status);
        World.GitHub.AddAccount("ada");

        Assert.NotEqual(id, (long)(await GitHubAsync("GET", "users/ada", token)).Json["id"]!);
        Assert.Equal(id, (long)(await GitHubAsync("GET", "users/countess", token)).Json["id"]!);
        Assert.Equal(id, (long)(await GitHubAsync("GET", $"repos/octo/hello/issues/{issue}", token)).Json["user"]!["id"]!);
        Assert.Equal(id, (long)Assert.Single((await GitHubAsync("GET", $"repos/octo/hello/issues/{issue}/comments", token)).Json.AsArray())!["user"]!["id"]!);
        Assert.Equal("read", (await GitHubAsync("GET", "repos/octo/hello/collaborators/ada/permission", token)).Json["permission"]!.ToString());
        Assert.Equal("write", (await GitHubAsync("GET", "repos/octo/hello/collaborators/countess/permission", token)).Json["permission"]!.ToString());
    }

    [Fact]
    public async Task The_account_of_an_App_is_a_bot_that_installations_can_look_up()
    {
        await UpstreamAsync();

        var bot = (await GitHubAsync("GET", "users/packit-as-a-service%5Bbot%5D", await InstallationTokenAsync())).Json;

        Assert.Equal(("packit-as-a-service[bot]", "Bot"), (bot["login"]!.ToString(), bot["type"]!.ToString()));
        Assert.Equal(403, (await GitHubAsync("GET", "users/octo", Jwt())).Status);
    }

    [Fact]
    public async Task A_renamed_account_takes_its_repositories_along()
    {
        var project = await UpstreamAsync();
        int issue = await project.OpenIssueAsync("octo", "An issue");

        await World.GitHub.RenameAccountAsync("octo", "octopus", Ct);

        Assert.Equal("octopus/hello", project.FullName);
        var sent = Assert.Single(World.GitHub.Deliveries, delivery => delivery.Event == "installation_target");
        var payload = JsonNode.Parse(sent.Payload)!;
        Assert.Equal(("octo", "octopus"), (payload["changes"]!["login"]!["from"]!.ToString(), payload["account"]!["login"]!.ToString()));
        string token = await InstallationTokenAsync("octopus");
        Assert.Equal("octopus", (await GitHubAsync("GET", $"repos/octopus/hello/issues/{issue}", token)).Json["user"]!["login"]!.ToString());
        Assert.Equal(301, (await GitHubAsync("GET", "repos/octo/hello", token)).Status);
    }
}
