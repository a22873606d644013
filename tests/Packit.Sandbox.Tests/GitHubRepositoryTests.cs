using System.Text;
using System.Text.Json.Nodes;
using Packit.Sandbox.GitHub;

namespace Packit.Sandbox.Tests;

public sealed class GitHubRepositoryTests : SandboxStory
{
    [Fact]
    public async Task Releases_are_found_by_tag_and_drafts_and_prereleases_keep_their_places()
    {
        var project = await UpstreamAsync();
        await project.PublishReleaseAsync("v1.0", "first", ct: Ct);
        await project.CommitAsync(new FileSet { ["a"] = "a" }, "More", ct: Ct);
        await project.PublishReleaseAsync("release/2.0-rc1", prerelease: true, ct: Ct);
        await project.PublishReleaseAsync(new ReleaseDraft { Tag = "v2.0", Draft = true }, Ct);
        string token = await InstallationTokenAsync();

        Assert.Equal("v1.0", (await GetAsync("releases/latest", token)).Json["tag_name"]!.ToString());
        Assert.Equal("first", (await GetAsync("releases/tags/v1.0", token)).Json["body"]!.ToString());
        Assert.True((bool)(await GetAsync("releases/tags/release%2F2.0-rc1", token)).Json["prerelease"]!);
        Assert.Equal(404, (await GetAsync("releases/tags/v2.0", token)).Status);
        Assert.Equal(["release/2.0-rc1", "v1.0"], (await GetAsync("releases", token)).Json.AsArray().Select(release => release!["tag_name"]!.ToString()));
        World.GitHub.SetAppPermission("octo", "contents", "write");
        Assert.Equal(3, (await GetAsync("releases", await InstallationTokenAsync())).Json.AsArray().Count);
    }

    [Fact]
    public async Task A_tag_leads_to_its_commit_also_when_annotated()
    {
        var project = await UpstreamAsync();
        string sha = await project.TagAsync("v1", ct: Ct);
        await project.TagAsync("v2", annotated: true, ct: Ct);

        Assert.Equal(("commit", sha), Target(await GetAsync("git/ref/tags/v1")));
        var (type, tag) = Target(await GetAsync("git/ref/tags/v2"));
        Assert.Equal("tag", type);
        Assert.Equal(("commit", sha), Target(await GetAsync("git/tags/" + tag)));
        var plain = await GetAsync("commits/v2", with: request => request.Headers.Accept.ParseAdd("application/vnd.github.sha"));
        Assert.Equal(sha, plain.Text);
        Assert.Equal(sha, (await GetAsync("commits/main")).Json["sha"]!.ToString());
        Assert.Equal(sha, (await GetAsync("commits/" + sha[..8])).Json["sha"]!.ToString());
        var unknown = await GetAsync("commits/v9");
        Assert.Equal((422, "No commit found for SHA: v9"), (unknown.Status, unknown.Message));
        Assert.Equal(404, (await GetAsync("git/ref/tags/v9")).Status);
    }

    [Fact]
    public async Task Contents_are_files_folders_links_or_nothing()
    {
        var project = await UpstreamAsync();
        await project.CommitAsync(new FileSet { ["link"] = FileContent.Link("src/main.c"), ["out"] = FileContent.Link("../../etc/passwd"), ["bytes"] = new byte[] { 0xff, 0x00 } }, "Links", ct: Ct);

        var file = (await GetAsync("contents/hello.spec?ref=main")).Json;
        Assert.Equal("Name: hello\n", Encoding.UTF8.GetString(Convert.FromBase64String(file["content"]!.ToString())));
        Assert.Equal([0xff, 0x00], (await GetAsync("contents/bytes", with: request => request.Headers.Accept.ParseAdd("application/vnd.github.raw+json"))).Bytes);
        Assert.Contains("src", (await GetAsync("contents/")).Json.AsArray().Select(entry => entry!["name"]!.ToString()));
        Assert.Equal("src/main.c", Assert.Single((await GetAsync("contents/src")).Json.AsArray())!["path"]!.ToString());
        Assert.Equal("file", (await GetAsync("contents/link")).Json["type"]!.ToString());
        Assert.Equal(("symlink", "../../etc/passwd"), ((await GetAsync("contents/out")).Json["type"]!.ToString(), (await GetAsync("contents/out")).Json["target"]!.ToString()));
        Assert.Equal(404, (await GetAsync("contents/absent")).Status);
        Assert.Equal("No commit found for the ref nope", (await GetAsync("contents/hello.spec?ref=nope")).Message);
    }

    [Fact]
    public async Task A_file_over_a_megabyte_comes_raw_only()
    {
        var project = await UpstreamAsync();
        await project.CommitAsync(new FileSet { ["big"] = new byte[1024 * 1024 + 1] }, "Big", ct: Ct);

        var json = (await GetAsync("contents/big")).Json;
        var raw = await GetAsync("contents/big", with: request => request.Headers.Accept.ParseAdd("application/vnd.github.raw+json"));

        Assert.Equal(("none", ""), (json["encoding"]!.ToString(), json["content"]!.ToString()));
        Assert.Equal(1024 * 1024 + 1, raw.Bytes.Length);
    }

    [Fact]
    public async Task A_tree_is_listed_whole()
    {
        var project = await UpstreamAsync();

        var tree = (await GetAsync($"git/trees/{await project.HeadAsync(ct: Ct)}?recursive=1")).Json;

        Assert.False((bool)tree["truncated"]!);
        Assert.Equal([".packit.yaml", "hello.spec", "src", "src/main.c"], tree["tree"]!.AsArray().Select(entry => entry!["path"]!.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Permissions_are_told_for_known_people_only()
    {
        var project = await UpstreamAsync();
        project.SetPermission("alice", "maintain");
        World.GitHub.AddAccount("bob");
        string token = await InstallationTokenAsync();

        var alice = (await GetAsync("collaborators/alice/permission", token)).Json;
        Assert.Equal(("write", "maintain"), (alice["permission"]!.ToString(), alice["role_name"]!.ToString()));
        Assert.Equal("read", (await GetAsync("collaborators/bob/permission", token)).Json["permission"]!.ToString());
        Assert.Equal(404, (await GetAsync("collaborators/nobody/permission", token)).Status);
    }

    [Fact]
    public async Task Lists_lead_from_page_to_page()
    {
        var project = await UpstreamAsync();
        for (int i = 0; i < 5; i++)
        {
            await project.OpenIssueAsync("alice", "Issue " + i, ct: Ct);
        }

        var first = await GetAsync("issues?per_page=2&state=all");
        Assert.Contains("page=2>; rel=\"next\"", first.Headers["Link"]);
        Assert.Contains("page=3>; rel=\"last\"", first.Headers["Link"]);
        var last = await GetAsync("issues?per_page=2&state=all&page=3");
        Assert.DoesNotContain("rel=\"next\"", last.Headers["Link"]);
        Assert.Equal(1, (int)Assert.Single(last.Json.AsArray())!["number"]!);
    }

    [Fact]
    public async Task The_web_host_gives_archives_and_assets()
    {
        var project = await UpstreamAsync();
        await project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.0", Assets = new FileSet { ["hello.zip"] = "zip" } }, Ct);

        byte[][] archives =
        [
            await FollowAsync("octo/hello/archive/refs/tags/v1.0.tar.gz"),
            await FollowAsync("octo/hello/archive/v1.0.tar.gz"),
            await FollowAsync("octo/hello/archive/v1.0/hello-1.0.tar.gz"),
        ];

        Assert.All(archives, archive => Assert.Equal(archives[0], archive));
        Assert.Equal([0x1f, 0x8b], archives[0][..2]);
        Assert.Equal("zip", await Http.GetStringAsync(new Uri(World.GitHubWeb, "octo/hello/releases/download/v1.0/hello.zip"), Ct));
        using var missing = await Http.GetAsync(new Uri(World.GitHubWeb, "octo/hello/archive/refs/tags/v9.tar.gz"), Ct);
        Assert.Equal(404, (int)missing.StatusCode);
        Assert.NotNull(World.Archives.Read("hello/hello-1.0.tar.gz"));
    }

    private static (string, string) Target(Answer answer) => (answer.Json["object"]!["type"]!.ToString(), answer.Json["object"]!["sha"]!.ToString());

    private Task<Answer> GetAsync(string path, string? token = null, Action<HttpRequestMessage>? with = null) =>
        GitHubAsync("GET", "repos/octo/hello/" + path, token, with: with);

    private async Task<byte[]> FollowAsync(string path)
    {
        using var answer = await Http.GetAsync(new Uri(World.GitHubWeb, path), Ct);
        Assert.Equal(302, (int)answer.StatusCode);
        return await Http.GetByteArrayAsync(answer.Headers.Location, Ct);
    }
}
