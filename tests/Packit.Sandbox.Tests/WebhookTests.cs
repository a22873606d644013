using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Packit.Sandbox.GitHub;

namespace Packit.Sandbox.Tests;

public sealed class WebhookTests : SandboxStory
{
    [Fact]
    public async Task A_release_is_delivered_signed_over_its_raw_bytes()
    {
        await using var service = await HookListener.StartAsync(Ct);
        World.WebhookTarget = service.Address;
        var project = await UpstreamAsync();

        string? delivery = await project.PublishReleaseAsync("v1.0", "notes", ct: Ct);

        var hook = Assert.Single(service.Hooks);
        string expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(World.WebhookSecret), hook.Body));
        Assert.Equal(expected, hook.Headers["X-Hub-Signature-256"]);
        Assert.Equal((delivery, "release", "application/json"), (hook.Headers["X-GitHub-Delivery"], hook.Headers["X-GitHub-Event"], hook.Headers["Content-Type"]));
        var payload = JsonNode.Parse(hook.Body)!;
        Assert.Equal(("published", "v1.0", "octo/hello"), (payload["action"]!.ToString(), payload["release"]!["tag_name"]!.ToString(), payload["repository"]!["full_name"]!.ToString()));
        Assert.NotNull(payload["installation"]!["id"]);
        Assert.Equal("octo", payload["sender"]!["login"]!.ToString());
    }

    [Fact]
    public async Task A_redelivery_keeps_its_guid_and_body()
    {
        await using var service = await HookListener.StartAsync(Ct);
        World.WebhookTarget = service.Address;
        var project = await UpstreamAsync();
        string? delivery = await project.PublishReleaseAsync("v1.0", ct: Ct);

        await World.GitHub.RedeliverAsync(delivery!, Ct);

        Assert.Equal(2, service.Hooks.Count);
        Assert.Equal(service.Hooks[0].Body, service.Hooks[1].Body);
        Assert.Equal(delivery, service.Hooks[1].Headers["X-GitHub-Delivery"]);
        Assert.Equal([false, true], World.GitHub.Deliveries.Select(attempt => attempt.Redelivery));
    }

    [Fact]
    public async Task Missed_deliveries_are_listed_and_can_be_asked_for_again()
    {
        var project = await UpstreamAsync();
        string? delivery = await project.PublishReleaseAsync("v1.0", ct: Ct);
        await using var service = await HookListener.StartAsync(Ct);
        World.WebhookTarget = service.Address;

        var missed = Assert.Single((await GitHubAsync("GET", "app/hook/deliveries", Jwt())).Json.AsArray())!;
        Assert.Equal((delivery, 0), (missed["guid"]!.ToString(), (int)missed["status_code"]!));
        Assert.Equal(202, (await GitHubAsync("POST", $"app/hook/deliveries/{missed["id"]}/attempts", Jwt())).Status);

        Assert.Equal(delivery, Assert.Single(service.Hooks).Headers["X-GitHub-Delivery"]);
        Assert.Equal([202, 0], (await GitHubAsync("GET", "app/hook/deliveries", Jwt())).Json.AsArray().Select(attempt => (int)attempt!["status_code"]!));
    }

    [Fact]
    public async Task Comments_and_reruns_are_told_with_what_they_are_about()
    {
        await using var service = await HookListener.StartAsync(Ct);
        World.WebhookTarget = service.Address;
        var project = await UpstreamAsync();
        await GitHubAsync("POST", "repos/octo/hello/check-runs", await InstallationTokenAsync(), new JsonObject { ["name"] = "propose-downstream:f43", ["head_sha"] = await project.HeadAsync(ct: Ct) });

        int number = await project.OpenIssueAsync("alice", "Help", ct: Ct);
        await project.CommentAsync(number, "alice", "/packit propose-downstream", Ct);
        await project.RerequestCheckAsync("propose-downstream:f43", "alice", ct: Ct);

        Assert.Equal(["issues", "issue_comment", "check_run"], service.Hooks.Select(hook => hook.Headers["X-GitHub-Event"]));
        Assert.Equal("/packit propose-downstream", JsonNode.Parse(service.Hooks[1].Body)!["comment"]!["body"]!.ToString());
        var run = JsonNode.Parse(service.Hooks[2].Body)!;
        Assert.Equal(("rerequested", "packit-as-a-service"), (run["action"]!.ToString(), run["check_run"]!["app"]!["slug"]!.ToString()));
    }

    [Fact]
    public async Task A_suite_that_is_asked_for_again_is_open_until_the_app_says_something()
    {
        await using var service = await HookListener.StartAsync(Ct);
        World.WebhookTarget = service.Address;
        var project = await UpstreamAsync();
        string sha = await project.HeadAsync(ct: Ct);
        string token = await InstallationTokenAsync();
        var made = await GitHubAsync("POST", "repos/octo/hello/check-runs", token, new JsonObject { ["name"] = "a", ["head_sha"] = sha, ["conclusion"] = "failure" });
        Assert.Equal(("completed", "failure"), project.CheckSuiteState(sha));

        await project.RerequestAllChecksAsync(sha, "alice", Ct);

        var told = JsonNode.Parse(Assert.Single(service.Hooks).Body)!;
        Assert.Equal(
            ("rerequested", sha, "queued", "packit-as-a-service", "alice"),
            (told["action"]!.ToString(), told["check_suite"]!["head_sha"]!.ToString(), told["check_suite"]!["status"]!.ToString(),
                told["check_suite"]!["app"]!["slug"]!.ToString(), told["sender"]!["login"]!.ToString()));
        Assert.Null(told["check_suite"]!["conclusion"]);
        Assert.Equal(("queued", null), project.CheckSuiteState(sha));
        Assert.Equal("completed", Assert.Single(project.CheckRuns(sha)).Status);

        string run = $"repos/octo/hello/check-runs/{made.Json["id"]}";
        await GitHubAsync("PATCH", run, token, new JsonObject { ["conclusion"] = "success" });
        Assert.Equal(("completed", "success"), project.CheckSuiteState(sha));
        Assert.Equal(201, (await GitHubAsync("POST", run + "/rerequest", token)).Status);
        Assert.Equal(("queued", null), project.CheckSuiteState(sha));
        Assert.Equal(["check_suite", "check_run"], service.Hooks.Select(hook => hook.Headers["X-GitHub-Event"]));
        string suite = $"repos/octo/hello/check-suites/{told["check_suite"]!["id"]}";
        Assert.Equal("queued", (await GitHubAsync("GET", suite, token)).Json["status"]!.ToString());
        Assert.Equal(201, (await GitHubAsync("POST", suite + "/rerequest", token)).Status);
        Assert.Equal(404, (await GitHubAsync("POST", "repos/octo/hello/check-suites/4/rerequest", token)).Status);
    }

    [Fact]
    public async Task GitHubs_other_words_about_a_release_go_out_on_demand()
    {
        var project = await UpstreamAsync();

        string? published = await project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.0", Prerelease = true, AllActions = true }, Ct);

        Assert.Equal(["created", "published", "prereleased"], World.GitHub.Deliveries.Select(delivery => delivery.Action));
        Assert.Equal(published, World.GitHub.Deliveries[1].DeliveryId);
    }

    [Fact]
    public async Task Nothing_is_told_where_the_app_is_not_installed()
    {
        var project = await UpstreamAsync();
        project.AppInstalled = false;

        Assert.Null(await project.PublishReleaseAsync("v1.0", ct: Ct));
        Assert.Empty(World.GitHub.Deliveries);
    }
}
