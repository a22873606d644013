using Packit.DistGit.Tests.Servers;
using Packit.Http;

namespace Packit.DistGit.Tests;

public sealed class GitPushTests : GitStory
{
    private const string Branch = "rawhide-update-propose_downstream";

    [Fact]
    public async Task A_new_branch_is_made_and_a_second_push_of_the_same_finds_it_done()
    {
        var sha = await CommitAsync("1.0");
        Assert.IsType<PushResult.Pushed>(await PushAsync(sha, null));
        Assert.Equal(sha, DistGit.Tip(Branch));
        Assert.IsType<PushResult.UpToDate>(await PushAsync(sha, null));
    }

    [Fact]
    public async Task A_git_that_was_made_for_reading_pushes_nothing()
    {
        var program = new GitProgram(Options with { MayPush = false }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<GitProgram>.Instance);
        await using var repository = await GitRepository.CreateAsync(program, Path.Combine(Server.Folder, "reading"), Token);
        var head = (await repository.FetchAsync(Server.Remote("distgit"), [new GitWant.Branch("rawhide")], FetchDepth.Tip, withoutLargeBlobs: false, Token))
            [new GitWant.Branch("rawhide")]!;

        await Assert.ThrowsAsync<InvalidOperationException>(() => repository.PushAsync(Server.Remote("distgit"), head, Branch, null, null, Token));

        Assert.DoesNotContain(Branch, DistGit.Git("for-each-ref"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_earlier_commit_is_replaced()
    {
        var first = await CommitAsync("1.0");
        await PushAsync(first, null);
        var second = await CommitAsync("1.1");
        Assert.IsType<PushResult.Pushed>(await PushAsync(second, first));
        Assert.Equal(second, DistGit.Tip(Branch));
    }

    [Fact]
    public async Task A_commit_of_somebody_else_is_never_overwritten()
    {
        var first = await CommitAsync("1.0");
        await PushAsync(first, null);
        var foreign = DistGit.Commit(Branch, "By hand", ("tests/run", "!true\n"));
        var second = await CommitAsync("1.1");
        Assert.Equal(new PushResult.LeaseLost(foreign), await PushAsync(second, first));
        Assert.Equal(new PushResult.LeaseLost(foreign), await PushAsync(second, null));
        Assert.Equal(foreign, DistGit.Tip(Branch));
    }

    [Fact]
    public async Task A_branch_that_was_deleted_meanwhile_is_reported_as_gone()
    {
        var first = await CommitAsync("1.0");
        Assert.Equal(new PushResult.LeaseLost(null), await PushAsync(first, DistGit.Tip("rawhide")));
    }

    [Fact]
    public async Task A_hook_that_says_no_is_quoted()
    {
        DistGit.Hook("pre-receive", "echo \"Denied push for ref 'refs/heads/x' for user 'packit'\" >&2; exit 1");
        var denied = Assert.IsType<PushResult.Denied>(await PushAsync(await CommitAsync("1.0"), null));
        Assert.Contains("pre-receive hook declined", denied.Reason, StringComparison.Ordinal);
        Assert.Contains("Denied push for ref 'refs/heads/x' for user 'packit'", denied.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_that_is_behind_gets_the_history_it_lacks()
    {
        var fork = Server.Create("fork");
        TestGit.Run(fork.Path, "fetch", "--quiet", DistGit.Path, DistGit.Git("rev-parse", "rawhide~1") + ":refs/heads/rawhide");
        DistGit.Commit("rawhide", "Newer", ("x", "1\n"));
        DistGit.Commit("rawhide", "Newest", ("x", "2\n"));

        var sha = await CommitAsync("1.0");
        Assert.IsType<PushResult.Pushed>(await Repository.PushAsync(
            Server.Remote("fork"), sha, Branch, null, Server.Remote("distgit"), Token));
        Assert.Equal("5", fork.Git("rev-list", "--count", Branch));
    }

    [Fact]
    public async Task Wrong_credentials_are_an_error_of_the_service()
    {
        var sha = await CommitAsync("1.0");
        Server.Login = "packit:right";
        var failed = await Assert.ThrowsAsync<GitException>(() => Repository.PushAsync(
            Server.Remote("distgit", new GitCredentials("packit", new Secret("wr0ng"))), sha, Branch, null, null, Token));
        Assert.Equal(GitFailure.Unauthorized, failed.Kind);
        Assert.DoesNotContain("wr0ng", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Odd_names_never_reach_git()
    {
        var sha = await CommitAsync("1.0");
        var started = Program.Started;
        await Assert.ThrowsAsync<GitException>(() => Repository.PushAsync(Server.Remote("distgit"), sha, "--mirror", null, null, Token));
        Assert.Equal(started, Program.Started);
    }

    private async Task<string> CommitAsync(string version)
    {
        var parent = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        return await Repository.WriteCommitAsync(Draft(parent, Put("hello.spec", $"Name: hello\nVersion: {version}\n")), Token);
    }

    private Task<PushResult> PushAsync(string sha, string? expected) =>
        Repository.PushAsync(Server.Remote("distgit"), sha, Branch, expected, null, Token);
}
