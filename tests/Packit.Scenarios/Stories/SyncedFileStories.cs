using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>What <c>files_to_sync</c> brings along, and what it must never bring.</summary>
public sealed class SyncedFileStories(PostgresServer server)
{
    private const string Working = "rawhide-update-propose_downstream";

    [Theory]
    [InlineData("[../../etc/passwd]", "../../etc/passwd")]
    [InlineData("[/etc/passwd]", "/etc/passwd")]
    [InlineData("[{src: hello.c, dest: ../../../tmp/x}]", "../../../tmp/x")]
    [InlineData("[{src: hello.c, dest: .git/hooks/pre-push}]", ".git")]
    [InlineData("[{src: \"a\\0b\", dest: x}]", "a")]
    public async Task A_path_that_leads_outside_fails_the_branch_and_names_the_path(string items, string path)
    {
        await using var story = await BeginAsync(items);

        await story.ReleaseAsync();

        Assert.Empty(await story.Package.PullRequestsAsync());
        Assert.Empty(story.Package.ForkBranches());
        var told = Assert.Single(story.Project.Issues());
        Assert.Contains(path, told.Body, StringComparison.Ordinal);
        Assert.True(
            story.Project.CheckRuns() is [{ Conclusion: "failure" }] || told.Title == "[packit] Invalid config", $"Nothing was told in a check: {told.Body}");
    }

    [Fact]
    public async Task Links_are_followed_inside_the_upstream_repository_only()
    {
        await using var story = await BeginAsync("[inside, outside, absolute, round, dir/]");
        await story.Project.CommitAsync(
            new FileSet
            {
                ["inside"] = FileContent.Link("hello.c"),
                ["outside"] = FileContent.Link("../../../../../../etc/passwd"),
                ["absolute"] = FileContent.Link("/etc/passwd"),
                ["round"] = FileContent.Link("round"),
                ["dir/deep"] = FileContent.Link("../../../etc/passwd"),
                ["dir/plain"] = "plain\n",
            },
            "Links");

        await story.ReleaseAsync();

        Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal("int main(void) { return 0; }\n", await FileAsync(story, "inside"));
        Assert.Equal("plain\n", await FileAsync(story, "plain") ?? await FileAsync(story, "dir/plain"));
        foreach (var path in (string[])["outside", "absolute", "round", "deep", "dir/deep"])
        {
            Assert.DoesNotContain("root:", await FileAsync(story, path) ?? "", StringComparison.Ordinal);
            Assert.Null(await FileAsync(story, path));
        }
    }

    [Fact]
    public async Task Directories_globs_deletions_and_filters_do_what_rsync_does()
    {
        await using var story = await BeginAsync(
            """

              - {src: plans/, dest: plans/, delete: true, filters: ["protect kept.fmf", "exclude *.bak"]}
              - {src: ["*.conf"], dest: etc/, mkpath: true}
              - {src: docs, dest: .}
              - {src: nothing-of-that-name, dest: nothing}
            """);
        await story.Project.CommitAsync(
            new FileSet
            {
                ["plans/a.fmf"] = "new a\n", ["plans/old.bak"] = "backup\n", ["one.conf"] = "1\n", ["two.conf"] = "2\n", [".hidden.conf"] = "3\n",
                ["docs/readme"] = "read me\n", ["docs/run.sh"] = FileContent.Script("#!/bin/sh\n"),
            },
            "Files");
        await story.Package.PushCommitAsync(
            "rawhide", new FileSet { ["plans/a.fmf"] = "old a\n", ["plans/gone.fmf"] = "gone\n", ["plans/kept.fmf"] = "kept\n", ["other"] = "other\n" });

        await story.ReleaseAsync();

        Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal("new a\n", await FileAsync(story, "plans/a.fmf"));
        Assert.Null(await FileAsync(story, "plans/gone.fmf"));
        Assert.Equal("kept\n", await FileAsync(story, "plans/kept.fmf"));
        Assert.Null(await FileAsync(story, "plans/old.bak"));
        Assert.Equal(("1\n", "2\n"), (await FileAsync(story, "etc/one.conf"), await FileAsync(story, "etc/two.conf")));
        Assert.Null(await FileAsync(story, "etc/.hidden.conf"));
        Assert.Equal("read me\n", await FileAsync(story, "docs/readme"));
        Assert.Equal("other\n", await FileAsync(story, "other"));
        Assert.Contains("new file mode 100755", Assert.Single(await story.OpenPullRequestsAsync()).Diff, StringComparison.Ordinal);
    }

    private static Task<string?> FileAsync(Story story, string path) => story.Package.FileAsync(Working, path, fork: "packit");

    private Task<Story> BeginAsync(string items) => Story.BeginAsync(
        server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide", MoreConfig = $"files_to_sync: {items}" });
}
