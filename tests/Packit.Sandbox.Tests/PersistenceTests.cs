using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

public sealed class PersistenceTests : SandboxStory
{
    [Fact]
    public async Task A_second_start_on_the_folder_finds_everything()
    {
        var project = await UpstreamAsync();
        await project.PublishReleaseAsync("v1.0", ct: Ct);
        string sha = await project.HeadAsync(ct: Ct);
        await GitHubAsync("POST", "repos/octo/hello/check-runs", await InstallationTokenAsync(), new JsonObject { ["name"] = "a", ["head_sha"] = sha });
        var package = await World.CreatePackageAsync("hello", ["rawhide"], new FileSet { ["hello.spec"] = "Name: hello\n" }, ["maint"], Ct);
        await PagureAsync("POST", "api/0/fork", World.PagureToken, ("repo", "hello"), ("namespace", "rpms"));
        await package.PushCommitAsync("work", new FileSet { ["hello.spec"] = "Name: hello2\n" }, "Rename", fork: "packit", ct: Ct);
        await PagureAsync(
            "POST", "api/0/rpms/hello/pull-request/new", World.PagureToken, ("title", "t"), ("branch_from", "work"), ("branch_to", "rawhide"),
            ("repo_from", "hello"), ("repo_from_username", "packit"), ("repo_from_namespace", "rpms"));
        string hash = World.Lookaside.Put("hello", "hello-1.tar.gz", [1, 2, 3]);
        var before = (World.PagureToken, World.AppPrivateKeyPem, World.GitHubApi, World.DistGit);

        await RestartAsync();

        Assert.Equal(before, (World.PagureToken, World.AppPrivateKeyPem, World.GitHubApi, World.DistGit));
        Assert.Equal("a", Assert.Single(World.FindUpstream("octo", "hello")!.CheckRuns(sha)).Name);
        Assert.Equal("v1.0", (await GitHubAsync("GET", "repos/octo/hello/releases/latest", null)).Json["tag_name"]!.ToString());
        var request = Assert.Single(await World.FindPackage("hello")!.PullRequestsAsync(Ct));
        Assert.Equal(("t", "Rename"), (request.Title, Assert.Single(request.Commits).Title));
        Assert.Equal(hash, Assert.Single(World.Lookaside.Files("hello")).Hash);
        Assert.Equal("release", Assert.Single(World.GitHub.Deliveries).Event);
        Assert.Equal("maint", World.FindPackage("hello")!.Owner);
    }

    [Fact]
    public async Task Numbers_go_on_after_a_restart()
    {
        var project = await UpstreamAsync();
        await project.OpenIssueAsync("alice", "One", ct: Ct);

        await RestartAsync();

        Assert.Equal(2, await World.FindUpstream("octo", "hello")!.OpenIssueAsync("alice", "Two", ct: Ct));
    }
}
