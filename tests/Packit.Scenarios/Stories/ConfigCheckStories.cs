using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>What is wrong with a package config is shown where it is changed, before a release depends on it.</summary>
public sealed class ConfigCheckStories(PostgresServer server)
{
    private const string Whole = """
        specfile_path: hello.spec
        downstream_package_name: hello
        upstream_tag_template: v{version}
        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches: fedora-all

        """;

    private static readonly string Broken = Whole.Replace("trigger: release", "trigger: relaese", StringComparison.Ordinal) + "synced_files: [hello.spec]\n";

    private const string Worn = Whole + """
          - job: koji_build
            trigger: commit
            metadata: {dist_git_branch: f43}

        """;

    [Fact]
    public async Task A_push_of_a_broken_config_shows_every_problem_with_its_place()
    {
        await using var story = await Story.BeginAsync(server);

        var commit = await PushAsync(story, Broken);

        var check = Assert.Single(story.Project.CheckRuns());
        Assert.Equal(("packit:config", commit, "completed", "failure"), (check.Name, check.HeadSha, check.Status, check.Conclusion));
        Assert.Equal("The package config has 2 errors.", check.Title);
        Assert.Contains(".packit.yaml:6:14: error: ", check.Summary, StringComparison.Ordinal);
        Assert.Contains(" 6 |     trigger: relaese\n   |              ^\n", check.Summary, StringComparison.Ordinal);
        Assert.Contains(".packit.yaml:8:1: error: `synced_files` is an old key", check.Summary, StringComparison.Ordinal);
        Assert.Contains("https://packit.dev/docs/cli/config/validate", check.Summary, StringComparison.Ordinal);
        Assert.Equal([(6, (int?)14, "failure"), (8, 1, "failure")], check.Annotations.Select(note => (note.StartLine, note.StartColumn, note.Level)));
        Assert.EndsWith("Write `files_to_sync`.", check.Annotations[1].Message, StringComparison.Ordinal);
        Assert.All(check.Annotations, note => Assert.Equal(".packit.yaml", note.Path));
        Assert.Empty(story.Project.Issues());
    }

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task A_good_config_says_what_will_be_done(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Provider = provider });

        await PushAsync(story, Whole);

        var check = Assert.Single(story.Project.CheckRuns());
        Assert.Equal(("success", "The package config is valid."), (check.Conclusion, check.Title));
        Assert.Contains("propose_downstream on release: rawhide, f43, f42\n", check.Summary, StringComparison.Ordinal);
        Assert.Empty(check.Annotations);
    }

    [Fact]
    public async Task Warnings_are_listed_and_do_not_fail_the_check()
    {
        await using var story = await Story.BeginAsync(server);

        await PushAsync(story, Worn);

        var check = Assert.Single(story.Project.CheckRuns());
        Assert.Equal(("success", "The package config is valid, with 2 warnings."), (check.Conclusion, check.Title));
        Assert.Contains("warning: `metadata` is deprecated.", check.Summary, StringComparison.Ordinal);
        Assert.Equal(["warning", "warning"], check.Annotations.Select(note => note.Level));
    }

    [Fact]
    public async Task What_does_not_touch_the_config_gets_no_check()
    {
        await using var story = await Story.BeginAsync(server);
        story.World.Requests.Clear();

        await story.Project.PushAsync(new FileSet { ["NEWS"] = "news\n", ["docs/.packit.yaml"] = "an: example\n" }, "News");
        await story.Project.PushTagAsync("v1.2.3");
        await story.Project.PushAsync(new FileSet { ["NEWS"] = "more\n" }, "A branch", "topic");
        await story.Project.DeleteBranchAsync("topic");
        await story.SettleAsync();

        Assert.Empty(story.Project.CheckRuns());
        Assert.Empty(story.World.Requests.All);
    }

    [Fact]
    public async Task A_delivery_that_comes_again_changes_nothing()
    {
        await using var story = await Story.BeginAsync(server);
        await PushAsync(story, Broken);
        var pushed = story.World.GitHub.Deliveries[^1];
        var before = await Snapshot.TakeAsync(story);
        story.World.Requests.Clear();

        await story.World.GitHub.RedeliverAsync(pushed.DeliveryId);
        await new RawDelivery("push", pushed.Payload).SendAsync(story);
        await story.SettleAsync();

        Assert.Equal(before, await Snapshot.TakeAsync(story));
        Assert.Empty(Snapshot.Writes(story));
    }

    [Fact]
    public async Task A_branch_and_its_pull_request_share_one_check()
    {
        await using var story = await Story.BeginAsync(server);

        var commit = await PushAsync(story, Broken, branch: "topic");
        await story.Project.OpenPullRequestAsync("topic", "Change the config");
        await story.SettleAsync();

        var check = Assert.Single(story.Project.CheckRuns());
        Assert.Equal((commit, "failure"), (check.HeadSha, check.Conclusion));
        Assert.Single(check.History);
    }

    [Fact]
    public async Task A_pull_request_from_a_fork_is_checked_and_its_config_is_used_for_nothing_else()
    {
        await using var story = await Story.BeginAsync(server);

        var number = await story.Project.OpenPullRequestAsync("somebody", new FileSet { [".packit.yaml"] = Broken }, "Change the config");
        await story.SettleAsync();

        var first = Assert.Single(story.Project.CheckRuns());
        Assert.Equal((story.Project.HeadOfPullRequest(number), "failure"), (first.HeadSha, first.Conclusion));

        var repaired = await story.Project.PushToPullRequestAsync(number, new FileSet { [".packit.yaml"] = Worn }, "Repair it");
        await story.SettleAsync();

        Assert.Equal((repaired, "success"), (story.Project.CheckRuns()[^1].HeadSha, story.Project.CheckRuns()[^1].Conclusion));
        Assert.Empty(story.Project.PullRequests().Single().Comments);
        Assert.Empty(await story.RunsAsync());
        await using var database = story.Database();
        Assert.Empty(database.PackageConfigs);
    }

    [Fact]
    public async Task A_pull_request_that_leaves_the_config_alone_gets_no_check_also_when_its_base_moved_on()
    {
        await using var story = await Story.BeginAsync(server);
        var old = await story.Project.HeadAsync();
        await story.Project.CommitAsync(new FileSet { [".packit.yaml"] = Worn }, "Change the config");

        await story.Project.OpenPullRequestAsync("somebody", new FileSet { ["NEWS"] = "news\n" }, "News");
        var behind = await story.Project.OpenPullRequestAsync("somebody", new FileSet { ["NEWS"] = "old news\n" }, "Old news", from: old);
        await story.SettleAsync();
        Assert.Empty(story.Project.CheckRuns());

        await story.Project.SetPullRequestOpenAsync(behind, isOpen: false);
        await story.Project.PushToPullRequestAsync(behind, new FileSet { [".packit.yaml"] = Broken }, "Touch it");
        await story.SettleAsync();
        Assert.Equal("failure", Assert.Single(story.Project.CheckRuns()).Conclusion);
    }

    [Fact]
    public async Task A_push_that_does_not_name_all_of_its_commits_is_judged_by_the_files()
    {
        await using var story = await Story.BeginAsync(server);
        story.World.GitHub.CommitsInPush = 20;
        var news = Enumerable.Range(0, 24).Select(number => (new FileSet { ["NEWS"] = $"{number}\n" }, $"News {number}")).ToList();

        await story.Project.PushAsync(news);
        await story.SettleAsync();
        Assert.Empty(story.Project.CheckRuns());

        var head = await story.Project.PushAsync([(new FileSet { [".packit.yaml"] = Broken }, "Change the config"), .. news]);
        await story.SettleAsync();
        Assert.DoesNotContain(".packit.yaml", story.World.GitHub.Deliveries[^1].Payload, StringComparison.Ordinal);
        Assert.Equal((head, "failure"), (Assert.Single(story.Project.CheckRuns()).HeadSha, story.Project.CheckRuns()[0].Conclusion));

        var branch = await story.Project.PushAsync([(new FileSet { [".packit.yaml"] = Whole }, "Repair it"), .. news], "topic");
        await story.SettleAsync();
        Assert.Equal((branch, "success"), (story.Project.CheckRuns()[^1].HeadSha, story.Project.CheckRuns()[^1].Conclusion));
    }

    [Fact]
    public async Task A_good_config_that_is_pushed_to_the_default_branch_ends_the_issue()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Config = Broken });
        var broken = await story.ReleaseAsync();
        Assert.Equal("open", Assert.Single(story.Project.Issues()).State);

        // Elsewhere it says nothing about the project yet, and news of a head that is gone says nothing either.
        await PushAsync(story, Whole, branch: "topic");
        story.World.WebhookTarget = null;
        await story.Project.PushAsync(new FileSet { [".packit.yaml"] = Whole }, "Repair it");
        var late = story.World.GitHub.Deliveries[^1].Payload;
        story.World.WebhookTarget = story.Service.Webhook;
        await story.Project.MoveBranchAsync("main", broken);
        await new RawDelivery("push", late).SendAsync(story);
        await story.SettleAsync();
        Assert.Equal("open", Assert.Single(story.Project.Issues()).State);

        var repaired = await PushAsync(story, Whole + "# repaired\n");

        var closed = Assert.Single(story.Project.Issues());
        Assert.Equal("closed", closed.State);
        Assert.Equal($"The package config of commit {repaired} is valid. Closing.", Talk.Visible(Assert.Single(closed.Comments).Body));
    }

    [Fact]
    public async Task A_config_that_is_removed_is_said_to_be_gone()
    {
        await using var story = await Story.BeginAsync(server);

        await story.Project.PushAsync(new FileSet { [".packit.yaml"] = FileContent.Removed }, "Leave Packit");
        await story.SettleAsync();

        var check = Assert.Single(story.Project.CheckRuns());
        Assert.Equal(("neutral", "There is no package config."), (check.Conclusion, check.Title));
    }

    [Fact]
    public async Task Of_two_files_the_check_says_which_one_counts()
    {
        await using var story = await Story.BeginAsync(server);

        await story.Project.PushAsync(new FileSet { ["packit.yml"] = Broken }, "A second config");
        await story.SettleAsync();

        var check = Assert.Single(story.Project.CheckRuns());
        Assert.Equal("success", check.Conclusion);
        Assert.Contains("Not read, because `.packit.yaml` comes first: `packit.yml`.", check.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_ten_megabytes_is_refused_without_being_fetched()
    {
        await using var story = await Story.BeginAsync(server);
        story.World.Requests.Clear();

        await PushAsync(story, new string('a', 10 * 1024 * 1024));

        var check = Assert.Single(story.Project.CheckRuns());
        Assert.Equal("failure", check.Conclusion);
        Assert.Contains("The file has 10,485,760 bytes; at most 131,072 are read.", check.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(story.World.Requests.All, request => request.Path.Contains("/contents/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_that_is_not_approved_gets_no_check()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false });
        story.World.Requests.Clear();

        await PushAsync(story, Broken);
        await story.Project.OpenPullRequestAsync("somebody", new FileSet { [".packit.yaml"] = Worn }, "Change the config");
        await story.SettleAsync();

        Assert.Empty(story.Project.CheckRuns());
        // Whether it is still public is all that is asked: a private project is not even named on the pages.
        Assert.All(
            story.World.Requests.All,
            request => Assert.True(
                request.Path.EndsWith("/access_tokens", StringComparison.Ordinal)
                || (request.Method == "GET" && request.Path.EndsWith($"/{Story.Owner}/{Story.Name}", StringComparison.Ordinal)), $"{request.Method} {request.Path}"));
    }

    [Fact]
    public async Task A_private_project_gets_a_check_only_where_its_namespace_is_served()
    {
        await using var story = await Story.BeginAsync(server);
        story.Project.Private = true;

        await PushAsync(story, Broken);

        Assert.Empty(story.Project.CheckRuns());
    }

    [Fact]
    public async Task Without_the_right_to_checks_the_problems_are_told_in_the_pull_request_once()
    {
        await using var story = await Story.BeginAsync(server);
        story.World.GitHub.SetAppPermission(Story.Owner, "checks", "none");

        var number = await story.Project.OpenPullRequestAsync("somebody", new FileSet { [".packit.yaml"] = Broken }, "Change the config");
        await story.SettleAsync();
        await story.Project.PushToPullRequestAsync(number, new FileSet { ["NEWS"] = "news\n" }, "News");
        await story.SettleAsync();

        Assert.Empty(story.Project.CheckRuns());
        Assert.All(story.Project.Statuses(), status => Assert.Equal(("packit:config", "failure", "The package config has 2 errors."), (status.Context, status.State, status.Description)));
        var comment = Assert.Single(story.Project.PullRequests().Single().Comments);
        Assert.Equal(story.Bot, comment.Author);
        Assert.StartsWith("Failed to load packit config file `.packit.yaml`:\n\n```\n.packit.yaml:6:14: ", comment.Body, StringComparison.Ordinal);

        // Another problem is something new.
        await story.Project.PushToPullRequestAsync(number, new FileSet { [".packit.yaml"] = "- a list\n" }, "Worse");
        await story.SettleAsync();
        Assert.Equal(2, story.Project.PullRequests().Single().Comments.Count);
    }

    [Fact]
    public async Task A_check_that_GitHub_does_not_take_at_once_is_shown_later()
    {
        await using var story = await Story.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, PathContains = "/check-runs", Kind = new FaultKind.Status(502), Times = 20 });

        await PushAsync(story, Broken);
        Assert.Empty(story.Project.CheckRuns());
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("failure", Assert.Single(story.Project.CheckRuns()).Conclusion);
    }

    private static async Task<string> PushAsync(Story story, string config, string? branch = null)
    {
        var commit = await story.Project.PushAsync(new FileSet { [".packit.yaml"] = config }, "Change the config", branch);
        await story.SettleAsync();
        return commit;
    }
}
