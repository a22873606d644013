using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>From a complete build to an update in Bodhi, and to its end.</summary>
public sealed class UpdateStories(PostgresServer server)
{
    private const string Config = """
        specfile_path: hello.spec
        downstream_package_name: hello
        upstream_tag_template: v{version}
        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches: [f43]
          - job: koji_build
            trigger: commit
            dist_git_branches: [fedora-all]
          - job: bodhi_update
            trigger: commit
            dist_git_branches: [fedora-branched]

        """;

    private const string Nvr = "hello-1.2.3-1.fc43";

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task A_release_goes_all_the_way_to_stable(DatabaseProvider provider)
    {
        await using var story = await BeginAsync(Options() with { Provider = provider });

        await BuildAsync(story);

        var made = Assert.Single(story.World.Bodhi.Updates);
        Assert.Equal("enhancement", made.Type);
        Assert.Equal([Nvr], made.Builds);
        Assert.StartsWith($"Automatic update for {Nvr}.", made.Notes, StringComparison.Ordinal);
        var update = Assert.Single(await story.UpdatesAsync());
        Assert.Equal(
            (BodhiUpdateStatus.Success, made.Alias, made.Url, Nvr), (update.Status, update.Alias, update.WebUrl, update.BuildTarget?.Nvr));

        story.World.Bodhi.PushToTesting(made.Alias);
        story.World.Bodhi.PushToStable(made.Alias);
        await UntilAsync(story, async () => Assert.Single(await story.UpdatesAsync()).UpdateState == BodhiUpdateState.Stable);
    }

    [Fact]
    public async Task A_build_of_rawhide_gets_no_update_from_the_service()
    {
        await using var story = await BeginAsync(Options() with { Config = Config.Replace("[f43]", "[rawhide]", StringComparison.Ordinal) });

        await BuildAsync(story);

        Assert.Empty(await story.UpdatesAsync());
        await using var database = story.Database();
        Assert.Contains(database.Decisions, decision => decision.Reason.StartsWith("Bodhi itself makes the updates of rawhide"));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("    allowed_builders: [jdoe]\n", 1)]
    public async Task The_config_says_whose_builds_become_updates(string more, int updates)
    {
        await using var story = await BeginAsync(Options() with { Config = Config + more });
        await story.ReleaseAsync();
        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        await story.Package.MergePullRequestAsync(pull.Id);
        await story.SettleAsync();

        story.World.Koji.AddForeignBuild(
            "hello-1.2.3-2.fc43", "jdoe", "f43-candidate", $"git+{story.World.DistGit}rpms/hello.git#{story.Package.Branches["f43"]}");
        await story.SettleAsync();

        Assert.Equal(updates, story.World.Bodhi.Updates.Count);
        Assert.Equal(updates, (await story.UpdatesAsync()).Count);
    }

    [Fact]
    public async Task A_build_that_is_tagged_late_gets_its_update_when_it_is()
    {
        await using var story = await BeginAsync(Options());
        story.World.Koji.TagDelay = null;
        await BuildAsync(story);
        Assert.Equal((BodhiUpdateStatus.Retry, "BUILD_NOT_TAGGED"), await StateAsync(story));

        await story.World.Koji.TagNowAsync(Assert.Single(story.World.Koji.Tasks, task => task.Method == "build").Id);
        await story.SettleAsync();

        Assert.Equal((BodhiUpdateStatus.Success, null), await StateAsync(story));
    }

    [Fact]
    public async Task A_bodhi_that_stays_away_is_reported_in_the_issue_repository()
    {
        await using var story = await BeginAsync(Options() with { Stepped = true });
        await story.Project.CommitAsync(new FileSet { [".packit.yaml"] = $"issue_repository: {story.Project.Url}\n{Config}" }, "Report failures here");
        story.World.Faults.Add(new Fault { Server = Servers.Bodhi, Method = "POST", Times = int.MaxValue, Kind = new FaultKind.Status(503) });

        await BuildAsync(story);
        for (var attempt = 1; attempt < 9; attempt++)
        {
            Assert.Equal(BodhiUpdateStatus.Retry, (await StateAsync(story)).Status);
            Assert.Empty(story.Project.Issues());
            await story.ForwardAsync(TimeSpan.FromMinutes(16));
        }

        await story.ForwardAsync(TimeSpan.FromHours(12));

        Assert.Equal(BodhiUpdateStatus.Error, (await StateAsync(story)).Status);
        Assert.Equal("[packit] Fedora Bodhi update failed to be created: hello", Assert.Single(story.Project.Issues()).Title);
    }

    [Fact]
    public async Task A_build_that_failed_gets_no_update()
    {
        await using var story = await BeginAsync(Options());
        await story.ReleaseAsync();
        await story.Package.MergePullRequestAsync(Assert.Single(await story.OpenPullRequestsAsync()).Id);
        await story.SettleAsync();

        await story.World.Koji.FailAsync(Assert.Single(story.World.Koji.Tasks, task => task.Method == "build").Id);
        await story.SettleAsync();

        Assert.Equal(KojiBuildStatus.Failure, Assert.Single(await story.BuildsAsync()).Status);
        Assert.Empty(await story.UpdatesAsync());
    }

    [Fact]
    public async Task Bugs_of_the_changelog_are_bugs_of_the_update()
    {
        await using var story = await BeginAsync(Options());
        await story.Package.PushCommitAsync(
            "f43",
            new FileSet
            {
                [".packit.yaml"] = Config.Replace("commit\n", "commit\n    allowed_committers: [packager]\n", StringComparison.Ordinal),
                ["hello.spec"] = StoryFiles.Spec(
                    story.World, "1.2.3", changelog: "* Mon Mar 02 2026 A Packager <packager@fedora.example> - 1.2.3-1\n- Resolves: rhbz#1234567"),
            },
            "Update to 1.2.3", pusher: "packager");
        await story.SettleAsync();

        await story.World.Koji.FinishAsync(Assert.Single(story.World.Koji.Tasks, task => task.Method == "build").Id);
        await story.SettleAsync();

        Assert.Equal([1234567], Assert.Single(story.World.Bodhi.Updates).Bugs);
    }

    private static StoryOptions Options() => new() { Branches = ["rawhide", "f43"], Config = Config };

    private async Task<Story> BeginAsync(StoryOptions options)
    {
        var story = await Story.BeginAsync(server, options);
        story.Package.SetAccess(story.World.ServiceUser, "commit");
        return story;
    }

    /// <summary>A release whose pull request is merged, and whose build Koji completes.</summary>
    private static async Task BuildAsync(Story story)
    {
        await story.ReleaseAsync();
        await story.Package.MergePullRequestAsync(Assert.Single(await story.OpenPullRequestsAsync()).Id);
        await story.SettleAsync();
        await story.World.Koji.FinishAsync(Assert.Single(story.World.Koji.Tasks, task => task.Method == "build").Id);
        await story.SettleAsync();
    }

    private static async Task<(BodhiUpdateStatus Status, string? Code)> StateAsync(Story story)
    {
        var update = Assert.Single(await story.UpdatesAsync());
        return (update.Status, update.FailureCode);
    }

    /// <summary>Looks follow messages by a job of their own, which no row speaks of.</summary>
    private static async Task UntilAsync(Story story, Func<Task<bool>> holds)
    {
        for (var round = 0; round < 500 && !await holds(); round++)
        {
            await story.SettleAsync();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(await holds(), await story.StandAsync());
    }
}
