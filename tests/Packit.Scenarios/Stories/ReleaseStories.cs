using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A release goes its way.</summary>
public sealed class ReleaseStories(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task A_release_becomes_one_pull_request_for_each_branch(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Provider = provider });

        var commit = await story.ReleaseAsync();

        var pulls = await story.OpenPullRequestsAsync();
        Assert.Equal(
            ["Update f42 to upstream release 1.2.3", "Update f43 to upstream release 1.2.3", "Update rawhide to upstream release 1.2.3"],
            pulls.Select(pull => pull.Title).Order(StringComparer.Ordinal));
        foreach (var pull in pulls)
        {
            var spec = await story.Package.FileAsync(pull.BranchFrom, "hello.spec", fork: "packit");
            Assert.Contains("Version:        1.2.3\n", spec, StringComparison.Ordinal);
            Assert.Contains("- Update to version 1.2.3", spec, StringComparison.Ordinal);
            var sources = await story.Package.FileAsync(pull.BranchFrom, "sources", fork: "packit");
            var stored = Assert.Single(story.World.Lookaside.Files("hello"));
            Assert.Equal($"SHA512 (hello-1.2.3.tar.gz) = {stored.Hash}\n", sources);
        }

        foreach (var branch in story.Options.Branches)
        {
            var check = story.Check(branch);
            Assert.Equal(commit, check.HeadSha);
            Assert.Equal(
                [
                    ("queued", null, "The task was accepted."), ("in_progress", null, "Starting propose downstream..."),
                    ("completed", "success", "Propose downstream finished successfully."),
                ],
                check.History.Select(moment => (moment.Status, moment.Conclusion, moment.Title)));
            var target = await story.TargetAsync(branch);
            Assert.Equal(SyncReleaseTargetStatus.Submitted, target.Status);
            Assert.Equal($"{story.Service.Address}jobs/propose-downstream/{target.Id}", check.DetailsUrl);
            Assert.Equal(SyncReleaseStatus.Finished, target.Run.Status);
        }

        Assert.Equal(3, story.Project.CheckRuns().Count);
        Assert.Single(await story.RunsAsync());

        Assert.Equal(1, story.World.Requests.Count(Sandbox.Hosting.Servers.Archives, "GET", "hello-1.2.3.tar.gz"));
        Assert.Empty(story.Project.Issues());
    }

    [Fact]
    public async Task A_branch_that_is_further_already_is_skipped_and_nobody_is_bothered()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide", "f42"], ConfiguredBranches = "[rawhide, f42]" });
        await story.Package.PushCommitAsync("f42", new Sandbox.FileSet { ["hello.spec"] = StoryFiles.Spec(story.World, "1.3.0") }, "Update to 1.3.0", Person);

        await story.ReleaseAsync();

        const string Reason = "Downstream specfile version 1.3.0 is higher than the version to propose (1.2.3). Skipping the update.";
        var skipped = await story.TargetAsync("f42");
        Assert.Equal(SyncReleaseTargetStatus.Skipped, skipped.Status);
        Assert.Equal(Reason, skipped.Message);
        Assert.Equal("neutral", story.Check("f42").Conclusion);
        Assert.Contains(Reason, story.Check("f42").Title, StringComparison.Ordinal);
        Assert.Equal("success", story.Check("rawhide").Conclusion);
        Assert.Equal("Update rawhide to upstream release 1.2.3", Assert.Single(await story.OpenPullRequestsAsync()).Title);
        Assert.Equal(SyncReleaseStatus.Finished, skipped.Run.Status);
        Assert.Empty(story.Project.Issues());
    }

    [Fact]
    public async Task An_archive_that_comes_late_is_awaited_by_each_branch_and_finished_ones_stay_as_they_are()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await story.Project.PublishReleaseAsync(new Sandbox.GitHub.ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();

        foreach (var branch in story.Options.Branches)
        {
            Assert.Equal("queued", story.Check(branch).Status);
            Assert.StartsWith(
                "Propose downstream is being retried because we were not able yet to download the archive. Next attempt (2 of 7) at ",
                story.Check(branch).Title, StringComparison.Ordinal);
        }

        await story.ForwardAsync(TimeSpan.FromMinutes(1));
        await story.ForwardAsync(TimeSpan.FromMinutes(2));
        Assert.All(await story.TargetsAsync(), target => Assert.Equal(3, target.Retries));
        Assert.Empty(await story.OpenPullRequestsAsync());

        await story.Project.PublishArchiveAsync("v1.2.3");
        await story.ForwardAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.All(story.Options.Branches, branch => Assert.Equal("success", story.Check(branch).Conclusion));
        Assert.Single((await story.TargetsAsync()).Select(target => target.RunId).Distinct());
    }

    private static Sandbox.Person Person => new("A Packager", "packager@fedora.example");
}
