using System.Text;
using Packit.Http;
using Packit.Stub;

namespace Packit.GitHub.Tests;

public class ContentsTests
{
    private const string File = "GET /repos/octo/hello/contents/fedora/hello%20world.spec?ref=v1.0";

    [Fact]
    public async Task A_release_is_found_by_a_tag_with_odd_characters()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /repos/octo/hello/releases/tags/rel%2F1.0%231", Answers.Release("rel/1.0#1"));

        var release = await github.Repository.ReleaseByTagAsync("rel/1.0#1", GitHubStub.Cancel);
        Assert.Equal("rel/1.0#1", release!.TagName);
        Assert.Equal(GitHubStub.Start - TimeSpan.FromMinutes(1), release.PublishedAt);
        Assert.Null(await github.Repository.ReleaseByTagAsync("v2", GitHubStub.Cancel));
        Assert.Null(await github.Repository.LatestReleaseAsync(GitHubStub.Cancel));
    }

    [Fact]
    public async Task Releases_are_read_page_by_page_up_to_the_limit()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server
            .On("GET /repos/octo/hello/releases?per_page=3", StubAnswer.Json($"[{Answers.Release("3")},{Answers.Release("2")}]")
                .With(("Link", $"<{github.Server.Root}repositories/42/releases?per_page=3&page=2>; rel=\"next\", <{github.Server.Root}x>; rel=\"last\"")))
            .On("GET /repositories/42/releases?per_page=3&page=2", StubAnswer.Json($"[{Answers.Release("1")},{Answers.Release("0")}]"));

        var releases = await github.Repository.ReleasesAsync(3, GitHubStub.Cancel);
        Assert.Equal(["3", "2", "1"], releases.Select(release => release.TagName));
    }

    [Fact]
    public async Task A_list_that_leads_to_another_host_is_not_followed()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /repos/octo/hello/releases?per_page=100", StubAnswer.Json("[]").With(("Link", "<https://evil.test/page2>; rel=\"next\"")));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.ReleasesAsync(1000, GitHubStub.Cancel));
        Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
    }

    [Fact]
    public async Task A_list_without_end_is_given_up()
    {
        await using var github = await GitHubStub.StartAsync();
        const string Itself = "/repos/octo/hello/releases?per_page=100";
        github.Server.On("GET " + Itself, StubAnswer.Json("[]").With(("Link", $"<{Itself}>; rel=\"next\"")));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.ReleasesAsync(1000, GitHubStub.Cancel));
        Assert.Contains("more than 100 pages", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commit_of_a_branch_is_found()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /repos/octo/hello/git/ref/heads/topic/a%23b", $$"""{"ref": "refs/heads/topic/a#b", "object": {"type": "commit", "sha": "{{GitHubStub.Sha}}"} }""");

        Assert.Equal(GitHubStub.Sha, await github.Repository.CommitOfBranchAsync("topic/a#b", GitHubStub.Cancel));
        Assert.Null(await github.Repository.CommitOfBranchAsync("gone", GitHubStub.Cancel));
        Assert.Null(await github.Repository.CommitOfBranchAsync("a//b", GitHubStub.Cancel));
    }

    [Fact]
    public async Task The_commit_where_two_went_different_ways_is_found_without_their_differences()
    {
        await using var github = await GitHubStub.StartAsync();
        var other = new string('b', 40);
        github.Server.On(
            $"GET /repos/octo/hello/compare/{GitHubStub.Sha}...{other}?per_page=1&page=2",
            $$"""{"status": "diverged", "merge_base_commit": {"sha": "{{new string('c', 40)}}"}, "commits": []}""");

        Assert.Equal(new string('c', 40), await github.Repository.MergeBaseAsync(GitHubStub.Sha, other, GitHubStub.Cancel));
        Assert.Null(await github.Repository.MergeBaseAsync(other, GitHubStub.Sha, GitHubStub.Cancel));
        await Assert.ThrowsAsync<RemoteException>(() => github.Repository.MergeBaseAsync("main", other, GitHubStub.Cancel));
    }

    [Fact]
    public async Task The_commit_of_a_tag_is_found_through_annotated_tags()
    {
        await using var github = await GitHubStub.StartAsync();
        var tagObject = new string('a', 40);
        github.Server
            .On("GET /repos/octo/hello/git/ref/tags/light/1", Object("commit", GitHubStub.Sha))
            .On("GET /repos/octo/hello/git/ref/tags/v1%25", Object("tag", tagObject))
            .On($"GET /repos/octo/hello/git/tags/{tagObject}", Object("commit", GitHubStub.Sha))
            .On("GET /repos/octo/hello/git/ref/tags/blob", Object("blob", GitHubStub.Sha))
            .On("GET /repos/octo/hello/git/ref/tags/bad", Object("commit", "--upload-pack=x"));

        Assert.Equal(GitHubStub.Sha, await github.Repository.CommitOfTagAsync("light/1", GitHubStub.Cancel));
        Assert.Equal(GitHubStub.Sha, await github.Repository.CommitOfTagAsync("v1%", GitHubStub.Cancel));
        Assert.Null(await github.Repository.CommitOfTagAsync("none", GitHubStub.Cancel));
        Assert.Null(await github.Repository.CommitOfTagAsync("blob", GitHubStub.Cancel));
        await Assert.ThrowsAsync<RemoteException>(() => github.Repository.CommitOfTagAsync("bad", GitHubStub.Cancel));
    }

    [Fact]
    public async Task A_file_comes_byte_for_byte()
    {
        await using var github = await GitHubStub.StartAsync();
        byte[] bytes = [0, 1, 0xff, (byte)'\r', (byte)'\n'];
        github.Server.On(File, new StubAnswer(200, bytes, "application/vnd.github.raw+json; charset=utf-8"));

        Assert.Equal(bytes, await github.Repository.FileAsync("fedora/hello world.spec", "v1.0", 1000, GitHubStub.Cancel));
        Assert.Equal("application/vnd.github.raw+json", github.Server.RequestsTo(File)[0].Header("Accept"));
    }

    [Fact]
    public async Task A_json_file_in_the_raw_form_stays_what_it_is()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(File, new StubAnswer(200, "[1]"u8.ToArray(), "application/vnd.github.raw+json; charset=utf-8"));
        Assert.Equal("[1]"u8.ToArray(), await github.Repository.FileAsync("fedora/hello world.spec", "v1.0", 1000, GitHubStub.Cancel));
    }

    [Theory]
    [InlineData("""{"type": "file", "encoding": "base64", "content": "aGVs\nbG8=\n"}""", "hello")]
    [InlineData("""[{"type": "file", "name": "a"}]""", null)]
    [InlineData("""{"type": "submodule", "submodule_git_url": "x"}""", null)]
    [InlineData("""{"type": "symlink", "target": "../x"}""", null)]
    public async Task What_comes_as_json_is_a_file_only_when_it_says_so(string json, string? expected)
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(File, json);
        var bytes = await github.Repository.FileAsync("fedora/hello world.spec", "v1.0", 1000, GitHubStub.Cancel);
        Assert.Equal(expected, bytes is null ? null : Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(File, new StubAnswer(200, new byte[1001], "application/vnd.github.raw+json"));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.FileAsync("fedora/hello world.spec", "v1.0", 1000, GitHubStub.Cancel));
        Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
        Assert.Contains("larger than 1000 bytes", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../user")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("")]
    public async Task A_path_that_would_climb_is_no_file_and_is_not_asked_for(string path)
    {
        await using var github = await GitHubStub.StartAsync();
        Assert.Null(await github.Repository.FileAsync(path, "main", 1000, GitHubStub.Cancel));
        Assert.Null(await github.Repository.CommitOfTagAsync(path, GitHubStub.Cancel));
        Assert.Null(await github.Repository.ReleaseByTagAsync("..", GitHubStub.Cancel));
        Assert.Null(await github.Repository.TreeAsync("..", recursive: false, GitHubStub.Cancel));
        Assert.Empty(github.Server.Requests);
    }

    [Fact]
    public async Task A_tree_tells_files_from_links_directories_and_submodules()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /repos/octo/hello/git/trees/main", $$"""
            {"sha": "{{GitHubStub.Sha}}", "truncated": false, "tree": [
              {"path": ".packit.yaml", "mode": "100644", "type": "blob", "sha": "{{GitHubStub.Sha}}", "size": 12},
              {"path": "src", "mode": "040000", "type": "tree", "sha": "{{GitHubStub.Sha}}"},
              {"path": "link", "mode": "120000", "type": "blob", "sha": "{{GitHubStub.Sha}}", "size": 3},
              {"path": "sub", "mode": "160000", "type": "commit", "sha": "{{GitHubStub.Sha}}"}]}
            """);
        github.Server.On("GET /repos/octo/hello/git/trees/empty", GitHubStub.Refusal(409, "Git Repository is empty."));

        var entries = await github.Repository.TopLevelAsync("main", GitHubStub.Cancel);
        Assert.Equal(
            [TreeEntryKind.File, TreeEntryKind.Directory, TreeEntryKind.Symlink, TreeEntryKind.Submodule],
            entries!.Select(entry => entry.Kind));
        Assert.Null(await github.Repository.TopLevelAsync("empty", GitHubStub.Cancel));
        Assert.Null(await github.Repository.TreeAsync("gone", recursive: true, GitHubStub.Cancel));
        Assert.Equal("/repos/octo/hello/git/trees/gone?recursive=1", github.Server.Requests[^1].Target);
    }

    private static string Object(string type, string sha) => $$$"""{"ref": "x", "object": {"type": "{{{type}}}", "sha": "{{{sha}}}"}}""";
}
