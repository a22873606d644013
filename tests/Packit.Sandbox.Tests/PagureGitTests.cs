using Packit.Sandbox.Hosting;
using Packit.Sandbox.Pagure;

namespace Packit.Sandbox.Tests;

public sealed class PagureGitTests : SandboxStory
{
    [Fact]
    public async Task Everybody_clones_with_or_without_the_suffix()
    {
        var package = await PackageAsync();
        string folder = Folder("clone");

        Assert.Equal(0, (await GitAsync(folder, "clone", "-q", new Uri(World.DistGit, "rpms/hello.git").ToString(), "a")).ExitCode);
        Assert.Equal(0, (await GitAsync(folder, "clone", "-q", "--depth=1", "--branch=f43", new Uri(World.DistGit, "rpms/hello").ToString(), "b")).ExitCode);

        Assert.Equal(package.Branches["rawhide"], (await GitAsync(folder, "-C", "a", "rev-parse", "HEAD")).Output.Trim());
        Assert.Equal("1", (await GitAsync(folder, "-C", "b", "rev-list", "--count", "HEAD")).Output.Trim());
    }

    [Fact]
    public async Task The_service_pushes_to_its_fork_and_forces_its_own_branch()
    {
        var package = await ForkedAsync();
        string clone = await CloneAsync("forks/packit/rpms/hello.git");
        await CommitAsync(clone, "one");
        Assert.Equal(0, (await PushAsync(clone, "packit", World.PagureToken, "HEAD:refs/heads/work")).ExitCode);
        string first = package.ForkBranches()["work"];

        await GitAsync(clone, "commit", "-q", "--amend", "-m", "another");
        Assert.Equal(0, (await PushAsync(clone, "packit", World.PagureToken, "+HEAD:refs/heads/work")).ExitCode);

        Assert.NotEqual(first, package.ForkBranches()["work"]);
    }

    [Fact]
    public async Task A_push_to_the_package_without_commit_rights_is_denied_by_the_hook()
    {
        await PackageAsync();
        string clone = await CloneAsync("rpms/hello.git");
        await CommitAsync(clone, "one");

        var push = await PushAsync(clone, "packit", World.PagureToken, "HEAD:refs/heads/rawhide");

        Assert.Equal(1, push.ExitCode);
        Assert.Contains("Has commit access: False", push.Errors);
        Assert.Contains("Denied push for ref 'refs/heads/rawhide' for user 'packit'", push.Errors);
        Assert.Contains("All changes have been rejected", push.Errors);
        Assert.Contains("! [remote rejected] HEAD -> rawhide (pre-receive hook declined)", push.Errors);
    }

    [Theory]
    [InlineData("HEAD:refs/heads/f99")]
    [InlineData("HEAD:refs/heads/epel9")]
    [InlineData("HEAD:refs/notes/x")]
    [InlineData(":refs/heads/f43")]
    [InlineData("+HEAD:refs/heads/f43")]
    public async Task A_maintainer_cannot_make_delete_or_rewrite_release_branches_by_a_push(string refspec)
    {
        var package = await PackageAsync();
        await package.PushCommitAsync("f43", new FileSet { ["x"] = "x" }, ct: Ct);
        string clone = await CloneAsync("rpms/hello.git");
        await CommitAsync(clone, "one");
        var before = package.Branches;

        var push = await PushAsync(clone, "maintainer", World.Pagure.AddToken("maintainer", ["commit"]), refspec);

        Assert.Equal(1, push.ExitCode);
        Assert.Contains("Denied push for ref", push.Errors);
        Assert.Equal(before, package.Branches);
    }

    [Fact]
    public async Task A_maintainer_pushes_to_a_release_branch()
    {
        var package = await PackageAsync();
        string clone = await CloneAsync("rpms/hello.git");
        await CommitAsync(clone, "one");

        var push = await PushAsync(clone, "maintainer", World.Pagure.AddToken("maintainer", ["commit"]), "HEAD:refs/heads/rawhide");

        Assert.Equal(0, push.ExitCode);
        Assert.Equal("one", (await package.CommitsAsync("rawhide", ct: Ct))[0].Title);
    }

    [Fact]
    public async Task A_push_without_a_good_token_ends_with_128()
    {
        await ForkedAsync();
        string clone = await CloneAsync("forks/packit/rpms/hello.git");
        await CommitAsync(clone, "one");

        var bad = await PushAsync(clone, "packit", "wrong", "HEAD:refs/heads/work");
        var weak = await PushAsync(clone, "packit", World.Pagure.AddToken("packit", ["fork_project"]), "HEAD:refs/heads/work");
        var foreign = await PushAsync(clone, "maintainer", World.PagureToken, "HEAD:refs/heads/work");

        Assert.All([bad, weak, foreign], push => Assert.Equal(128, push.ExitCode));
        Assert.Contains("Authentication failed", bad.Errors);
    }

    [Fact]
    public async Task A_push_whose_answer_is_lost_has_moved_the_branch()
    {
        var package = await ForkedAsync();
        string clone = await CloneAsync("forks/packit/rpms/hello.git");
        await CommitAsync(clone, "one");
        // git's HTTP library sends a request again when a connection that was used before dies: every attempt loses its answer.
        World.Faults.Add(new Fault { Server = Servers.Pagure, Method = "POST", PathContains = "git-receive-pack", Times = int.MaxValue, Kind = new FaultKind.EffectThenCut() });

        var push = await PushAsync(clone, "packit", World.PagureToken, "HEAD:refs/heads/work");

        Assert.NotEqual(0, push.ExitCode);
        Assert.Contains("work", package.ForkBranches().Keys);
        Assert.All(World.Requests.Find(Servers.Pagure, "POST", "git-receive-pack"), record => Assert.Equal(0, record.Status));
    }

    [Fact]
    public async Task Branches_pushed_at_the_same_time_move_their_own_pull_requests_once()
    {
        var package = await ForkedAsync();
        string clone = await CloneAsync("forks/packit/rpms/hello.git");
        string[] names = ["a", "b", "c"];
        foreach (string name in names)
        {
            await package.PushCommitAsync(name, new FileSet { [name] = name }, name, fork: "packit", ct: Ct);
            Assert.Equal(200, (await PagureAsync(
                "POST", "api/0/rpms/hello/pull-request/new", World.PagureToken, ("title", name), ("branch_from", name), ("branch_to", "rawhide"),
                ("repo_from", "hello"), ("repo_from_username", "packit"), ("repo_from_namespace", "rpms"))).Status);
        }

        await CommitAsync(clone, "rewritten");
        var pushes = await Task.WhenAll(names.Select(name => PushAsync(clone, "packit", World.PagureToken, $"+HEAD:refs/heads/{name}")));

        Assert.All(pushes, push => Assert.True(push.ExitCode == 0, push.Errors));
        Assert.All(await package.PullRequestsAsync(Ct), request =>
        {
            Assert.Equal("rewritten", Assert.Single(request.Commits).Title);
            Assert.StartsWith("rebased onto ", Assert.Single(request.Comments).Text);
        });
    }

    [Fact]
    public async Task A_big_push_arrives_in_pieces()
    {
        var package = await ForkedAsync();
        string clone = await CloneAsync("forks/packit/rpms/hello.git");
        byte[] noise = System.Security.Cryptography.RandomNumberGenerator.GetBytes(3 * 1024 * 1024);
        await File.WriteAllBytesAsync(Path.Combine(clone, "noise"), noise, Ct);
        await CommitAsync(clone, "noise");

        var push = await PushAsync(clone, "packit", World.PagureToken, "HEAD:refs/heads/work");

        Assert.True(push.ExitCode == 0, push.Errors);
        Assert.Equal(noise, await package.BytesAsync("work", "noise", "packit", Ct));
    }

    private Task<DistGitPackage> PackageAsync() => World.CreatePackageAsync("hello", ["rawhide", "f43"], new FileSet { ["hello.spec"] = "Name: hello\n" }, ct: Ct);

    private async Task<DistGitPackage> ForkedAsync()
    {
        var package = await PackageAsync();
        Assert.Equal(200, (await PagureAsync("POST", "api/0/fork", World.PagureToken, ("repo", "hello"), ("namespace", "rpms"))).Status);
        return package;
    }

    private async Task<string> CloneAsync(string path)
    {
        string folder = Folder("work");
        Assert.Equal(0, (await GitAsync(folder, "clone", "-q", new Uri(World.DistGit, path).ToString(), "clone")).ExitCode);
        return Path.Combine(folder, "clone");
    }

    private static async Task CommitAsync(string clone, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(clone, "change"), message, Ct);
        await GitAsync(clone, "add", "-A");
        Assert.Equal(0, (await GitAsync(clone, "commit", "-q", "-m", message)).ExitCode);
    }

    private static async Task<GitResult> PushAsync(string clone, string user, string token, string refspec)
    {
        string origin = (await GitAsync(clone, "remote", "get-url", "origin")).Output.Trim();
        return await GitAsync(clone, "push", WithLogin(new Uri(origin), user, token).ToString(), refspec);
    }
}
