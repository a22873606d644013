namespace Packit.Sandbox.Tests;

public sealed class GitHubGitTests : SandboxStory
{
    [Fact]
    public async Task A_public_repository_is_fetched_shallow_and_by_its_sha()
    {
        var project = await UpstreamAsync();
        string old = await project.HeadAsync(ct: Ct);
        await project.CommitAsync(new FileSet { ["a"] = "a" }, "More", ct: Ct);
        string folder = Folder("fetch");
        await GitAsync(folder, "init", "-q");

        var fetch = await GitAsync(folder, "fetch", "-q", "--depth=1", new Uri(World.GitHubWeb, "octo/hello.git").ToString(), old);

        Assert.True(fetch.ExitCode == 0, fetch.Errors);
        Assert.Equal("1", (await GitAsync(folder, "rev-list", "--count", old)).Output.Trim());
    }

    [Fact]
    public async Task A_clone_may_leave_the_blobs_away()
    {
        await UpstreamAsync();
        string folder = Folder("partial");

        var clone = await GitAsync(folder, "clone", "-q", "--filter=blob:none", "--no-checkout", new Uri(World.GitHubWeb, "octo/hello.git").ToString(), "clone");

        Assert.True(clone.ExitCode == 0, clone.Errors);
        Assert.DoesNotContain("ignoring", clone.Errors);
        var missing = await GitAsync(Path.Combine(folder, "clone"), "rev-list", "--objects", "--missing=print", "HEAD");
        Assert.Contains('?', missing.Output);
    }

    [Fact]
    public async Task A_private_repository_needs_a_token_and_nobody_pushes_without_the_right()
    {
        var project = await UpstreamAsync();
        project.Private = true;
        string token = await InstallationTokenAsync();
        var address = new Uri(World.GitHubWeb, "octo/hello.git");
        string folder = Folder("private");

        Assert.Equal(128, (await GitAsync(folder, "clone", "-q", address.ToString(), "a")).ExitCode);
        Assert.Equal(128, (await GitAsync(folder, "clone", "-q", WithLogin(address, "x-access-token", "ghs_wrong").ToString(), "b")).ExitCode);
        Assert.Equal(0, (await GitAsync(folder, "clone", "-q", WithLogin(address, "x-access-token", token).ToString(), "c")).ExitCode);
        var push = await GitAsync(Path.Combine(folder, "c"), "push", "origin", "HEAD:refs/heads/x");
        Assert.Equal(128, push.ExitCode);
        Assert.Contains("403", push.Errors);
    }
}
