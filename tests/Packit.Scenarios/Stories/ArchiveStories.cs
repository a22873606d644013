using Packit.Automation.Storage;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Archives that are there already, come late, or never come.</summary>
public sealed class ArchiveStories(PostgresServer server)
{
    private const string File = "hello-1.2.3.tar.gz";
    private const string Awaited = "Propose downstream is being retried because we were not able yet to download the archive. Next attempt (";

    private static readonly string[] Branches = ["rawhide", "f43", "f42"];

    [Fact]
    public async Task An_archive_in_the_cache_and_in_sources_is_neither_fetched_nor_uploaded_and_sources_stays()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        var sources = await PutAsync(story, "rawhide");

        await story.ReleaseAsync();

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal(sources, await story.Package.FileAsync(pull.BranchFrom, "sources", fork: "packit"));
        Assert.DoesNotContain("diff --git a/sources", pull.Diff, StringComparison.Ordinal);
        Assert.DoesNotContain("diff --git a/.gitignore", pull.Diff, StringComparison.Ordinal);
        Assert.Equal(0, story.World.Requests.Count(Servers.Lookaside, "POST"));
        Assert.Equal(0, story.World.Requests.Count(Servers.Archives));
        Assert.Equal("success", story.Check("rawhide").Conclusion);
    }

    [Fact]
    public async Task An_archive_in_the_cache_that_sources_does_not_name_is_not_uploaded_again()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        await story.Project.TagAsync("v1.2.3");
        var hash = story.World.Lookaside.Put(Story.Name, File, await story.Project.ArchiveAsync("v1.2.3"));

        await story.ReleaseAsync();

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal($"SHA512 ({File}) = {hash}\n", await story.Package.FileAsync(pull.BranchFrom, "sources", fork: "packit"));
        Assert.Equal(1, story.World.Requests.Count(Servers.Lookaside, "POST"));
        Assert.Equal(hash, Assert.Single(story.World.Lookaside.Files(Story.Name)).Hash);
    }

    [Fact]
    public async Task A_late_archive_is_asked_for_after_1_3_and_7_minutes_and_branches_that_do_not_need_it_are_left_alone()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await PutAsync(story, "f42");
        await story.Project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();
        var finished = Assert.Single(await story.OpenPullRequestsAsync());
        var history = story.Check("f42").History;

        for (var attempt = 2; attempt <= 4; attempt++)
        {
            var pause = TimeSpan.FromMinutes(1 << (attempt - 2));
            foreach (var branch in (string[])["rawhide", "f43"])
            {
                Assert.Equal("queued", story.Check(branch).Status);
                Assert.StartsWith($"{Awaited}{attempt} of 7) at ", story.Check(branch).Title, StringComparison.Ordinal);
                var target = await story.TargetAsync(branch);
                Assert.Equal((SyncReleaseTargetStatus.Retry, FailureKind.Transient), (target.Status, target.FailureKind));
                Assert.InRange(target.NextAttemptAt!.Value - story.Time.GetUtcNow(), pause / 2, pause);
            }

            // Not before its time.
            await story.ForwardAsync(pause / 2);
            Assert.Equal(attempt - 1, (await story.TargetAsync("rawhide")).Attempts);
            if (attempt == 4)
            {
                await story.Project.PublishArchiveAsync("v1.2.3");
            }

            await story.ForwardAsync(pause / 2);
            Assert.Equal(attempt, (await story.TargetAsync("rawhide")).Attempts);
        }

        Assert.All(Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.Equal(SyncReleaseStatus.Finished, Assert.Single(await story.RunsAsync()).Status);
        Assert.Equal(1, (await story.TargetAsync("f42")).Attempts);
        Assert.Equal(history, story.Check("f42").History);
        var same = Assert.Single(await story.OpenPullRequestsAsync(), pull => pull.Branch == "f42");
        Assert.Equal((finished.Id, finished.CommitStop, finished.InitialComment), (same.Id, same.CommitStop, same.InitialComment));
        Assert.Empty(story.Project.Issues());
    }

    [Fact]
    public async Task An_archive_that_never_comes_fails_all_branches_after_seven_attempts_and_gives_one_issue()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await story.Project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();
        for (var pause = 1; pause <= 32; pause *= 2)
        {
            Assert.Empty(story.Project.Issues());
            await story.ForwardAsync(TimeSpan.FromMinutes(pause));
        }

        foreach (var branch in Branches)
        {
            Assert.Equal((SyncReleaseTargetStatus.Error, 7), ((await story.TargetAsync(branch)).Status, (await story.TargetAsync(branch)).Attempts));
            Assert.Equal("failure", story.Check(branch).Conclusion);
            Assert.StartsWith(
                $"Propose downstream failed: Failed to download source from {story.World.ArchiveAddress}hello/{File}", story.Check(branch).Title, StringComparison.Ordinal);
        }

        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal("[packit] Propose downstream failed for release v1.2.3", issue.Title);
        Assert.Equal(story.Bot, issue.Author);
        Assert.StartsWith(
            $"Packit failed on creating pull-requests in dist-git ({story.World.DistGit}rpms/hello.git):\n\n"
            + "<table><tr><th>dist-git branch</th><th>error</th></tr><tr><td><code>f42</code></td><td>",
            issue.Body, StringComparison.Ordinal);
        foreach (var branch in Branches)
        {
            var page = await story.PageAsync(branch);
            Assert.Contains($"See <a href=\"{page}\">{page}</a></td></tr>\n", issue.Body, StringComparison.Ordinal);
            Assert.Single(Rows(issue.Body!), row => row == branch);
        }

        Assert.EndsWith(
            "</table>\n\n\nYou can retrigger the update by adding a comment (`/packit propose-downstream`) into this issue.\n",
            Talk.Visible(issue.Body!), StringComparison.Ordinal);
        Assert.Equal(["f42", "f43", "rawhide"], Rows(issue.Body!));
        Assert.Equal(SyncReleaseStatus.Error, Assert.Single(await story.RunsAsync()).Status);
        Assert.Empty(await story.Package.PullRequestsAsync());
    }

    private static string[] Rows(string body) => [.. body.Split("<td><code>").Skip(1).Select(rest => rest.Split("</code>")[0])];

    /// <summary>Puts the archive of the coming release into the cache and names it in a branch.</summary>
    /// <returns>The branch's <c>sources</c>.</returns>
    private static async Task<string> PutAsync(Story story, string branch)
    {
        await story.Project.TagAsync("v1.2.3");
        var sources = $"SHA512 ({File}) = {story.World.Lookaside.Put(Story.Name, File, await story.Project.ArchiveAsync("v1.2.3"))}\n";
        await story.Package.PushCommitAsync(branch, new Sandbox.FileSet { ["sources"] = sources, [".gitignore"] = $"/{File}\n" }, "Name the archive");
        return sources;
    }
}
