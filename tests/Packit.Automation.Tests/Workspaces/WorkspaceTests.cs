using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Settings;
using Packit.Automation.Workspaces;
using Packit.DistGit;
using Packit.Sandbox;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Workspaces;

public sealed class WorkspaceTests(PostgresServer server)
{
    private static readonly WorkspaceKey Key = new(1);
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task Branches_of_one_run_share_a_workspace()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var pool = story.Get<WorkspacePool>();
        await using var first = pool.Acquire(Key);
        await using var second = pool.Acquire(Key);
        await using var other = pool.Acquire(Key with { RunId = 2 });

        Assert.Same(first.Workspace, second.Workspace);
        Assert.NotSame(first.Workspace, other.Workspace);
    }

    [Fact]
    public async Task An_unused_workspace_goes_after_a_while_and_its_folder_with_it()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var pool = story.Get<WorkspacePool>();
        var lease = pool.Acquire(Key);
        await lease.Workspace.RepositoryAsync(Ct);
        Assert.Single(Folders(story));

        story.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(Folders(story));
        await lease.DisposeAsync();
        story.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.Single(Folders(story));
        story.Time.Advance(TimeSpan.FromSeconds(2));

        await Eventually.Is("the folder is gone", () => Folders(story).Length == 0);
        await using var next = pool.Acquire(Key);
        Assert.NotSame(lease.Workspace, next.Workspace);
    }

    [Fact]
    public async Task A_workspace_that_was_used_again_has_its_while_anew()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var pool = story.Get<WorkspacePool>();
        var lease = pool.Acquire(Key);
        await lease.DisposeAsync();
        story.Time.Advance(TimeSpan.FromSeconds(15));
        await pool.Acquire(Key).DisposeAsync();

        story.Time.Advance(TimeSpan.FromSeconds(15));

        await using var third = pool.Acquire(Key);
        Assert.Same(lease.Workspace, third.Workspace);
    }

    [Fact]
    public async Task An_old_workspace_is_replaced_and_lives_on_for_who_uses_it()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var pool = story.Get<WorkspacePool>();
        await using var old = pool.Acquire(Key);
        story.Time.Advance(TimeSpan.FromMinutes(3));

        await using var fresh = pool.Acquire(Key);

        Assert.NotSame(old.Workspace, fresh.Workspace);
        Assert.NotNull(await old.Workspace.RepositoryAsync(Ct));
    }

    [Fact]
    public async Task Runs_of_one_release_for_different_branches_each_see_their_own()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await story.World.CreatePackageAsync("hello", ["rawhide", "f43"], new FileSet { ["hello.spec"] = "Name: hello\n" });
        var remote = story.Get<DistGitAddresses>().Main("hello");
        await using var lease = story.Get<WorkspacePool>().Acquire(Key);

        var first = await lease.Workspace.DistGitAsync(remote, ["rawhide"], Ct);
        var second = await lease.Workspace.DistGitAsync(remote, ["f43", "f42"], Ct);

        Assert.NotNull(first[new GitWant.Branch("rawhide")]);
        Assert.NotNull(second[new GitWant.Branch("f43")]);
        Assert.Null(second[new GitWant.Branch("f42")]);
    }

    [Fact]
    public async Task The_same_branches_are_fetched_once()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await story.World.CreatePackageAsync("hello", ["rawhide", "f43"], new FileSet { ["hello.spec"] = "Name: hello\n" });
        var remote = story.Get<DistGitAddresses>().Main("hello");
        await using var lease = story.Get<WorkspacePool>().Acquire(Key);

        var both = await Task.WhenAll(
            lease.Workspace.DistGitAsync(remote, ["rawhide", "f43"], Ct), lease.Workspace.DistGitAsync(remote, ["f43", "rawhide"], Ct));

        Assert.Same(both[0], both[1]);
    }

    [Fact]
    public async Task An_upload_that_did_not_stand_is_made_again()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await using var lease = story.Get<WorkspacePool>().Acquire(Key);
        var uploads = 0;
        var workspace = lease.Workspace;
        Task<bool> UploadAsync(bool stands) => workspace.UploadAsync("hello.tar.gz/1", _ => Task.FromResult(uploads++ >= 0 && stands), Ct);

        Assert.False(await UploadAsync(stands: false));
        Assert.True(await UploadAsync(stands: true));
        Assert.True(await UploadAsync(stands: false));
        Assert.Equal(2, uploads);
    }

    [Fact]
    public async Task One_address_under_two_names_is_two_files()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await using var lease = story.Get<WorkspacePool>().Acquire(Key);
        var url = new Uri("https://hello.example/x");
        async Task<string> FetchAsync(string name) => Assert.IsType<ArchiveDownload.Fetched>(await lease.Workspace.ArchiveAsync(
            url, name, (path, _) => Task.FromResult<ArchiveDownload>(new ArchiveDownload.Fetched(path, 1, "00")), Ct)).Path;

        Assert.EndsWith("/a.tar.gz", await FetchAsync("a.tar.gz"), StringComparison.Ordinal);
        Assert.EndsWith("/b.tar.gz", await FetchAsync("b.tar.gz"), StringComparison.Ordinal);
        Assert.Equal(await FetchAsync("a.tar.gz"), await FetchAsync("a.tar.gz"));
    }

    [Fact]
    public async Task Shared_work_is_done_once_and_a_failure_of_it_is_not_kept()
    {
        var once = new AsyncOnce<int>();
        var tries = 0;
        Task<int> WorkAsync() => ++tries == 1 ? Task.FromException<int>(new IOException("cut")) : Task.FromResult(tries);

        await Assert.ThrowsAsync<IOException>(() => once.GetAsync(WorkAsync));
        Assert.Equal(2, await once.GetAsync(WorkAsync));
        Assert.Equal(2, await once.GetAsync(WorkAsync));
    }

    private static string[] Folders(ForgeStory story)
    {
        return Directory.GetDirectories(story.Get<ProcessFolder>().Path);
    }
}
