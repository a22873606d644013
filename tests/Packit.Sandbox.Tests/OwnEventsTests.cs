using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

public sealed class OwnEventsTests : SandboxStory
{
    protected override WorldOptions Options => base.Options with { DeliverOwnEvents = true };

    [Fact]
    public async Task The_app_hears_of_its_own_work_as_a_bot()
    {
        await using var service = await HookListener.StartAsync(Ct);
        var project = await UpstreamAsync();
        await project.OpenIssueAsync("alice", "Help", ct: Ct);
        World.WebhookTarget = service.Address;
        string token = await InstallationTokenAsync();

        await GitHubAsync("POST", "repos/octo/hello/issues/1/comments", token, new JsonObject { ["body"] = "On it" });
        await GitHubAsync("POST", "repos/octo/hello/check-runs", token, new JsonObject { ["name"] = "a", ["head_sha"] = await project.HeadAsync(ct: Ct) });

        Assert.Equal(["issue_comment", "check_run"], service.Hooks.Select(hook => hook.Headers["X-GitHub-Event"]));
        Assert.All(service.Hooks, hook => Assert.Equal("Bot", JsonNode.Parse(hook.Body)!["sender"]!["type"]!.ToString()));
    }
}
