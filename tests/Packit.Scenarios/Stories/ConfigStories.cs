using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A package config that is missing, broken, or whole again.</summary>
public sealed class ConfigStories(PostgresServer server)
{
    private const string Broken = """
        specfile_path: hello.spec
        downstream_package_name: hello
        no_such_key: 1
        jobs:
          - job: propose_downstream
            trigger: relaese
            dist_git_branches: fedora-all
        """;

    private const string Whole = """
        specfile_path: hello.spec
        downstream_package_name: hello
        upstream_tag_template: v{version}
        jobs:
          - job: propose_downstream
            trigger: release
            dist_git_branches: rawhide
        """;

    [Fact]
    public async Task A_release_without_a_config_is_passed_over_in_silence()
    {
        await using var story = await Story.BeginAsync(server);
        await story.Project.CommitAsync(new FileSet { [".packit.yaml"] = FileContent.Removed }, "Leave Packit");

        await story.ReleaseAsync();

        Assert.Empty(story.Project.CheckRuns());
        Assert.Empty(story.Project.Issues());
        Assert.Empty(story.Project.CommitComments());
        Assert.Empty(await story.RunsAsync());
        Assert.Empty(Snapshot.Writes(story));
    }

    [Fact]
    public async Task Releases_at_a_time_with_a_broken_config_open_one_issue()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Config = Broken });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(release => story.Project.PublishReleaseAsync($"v2.0.{release}")));
        await story.SettleAsync();

        Assert.Single(story.Project.Issues());
    }

    [Fact]
    public async Task A_broken_config_is_reported_once_with_its_problems_and_the_issue_ends_with_the_repair()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Config = Broken });

        var commit = await story.ReleaseAsync();

        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal(("[packit] Invalid config", "open", story.Bot), (issue.Title, issue.State, issue.Author));
        Assert.StartsWith($"Failed to load packit config file `.packit.yaml` of commit {commit}:\n\n```\n", issue.Body, StringComparison.Ordinal);
        Assert.Contains("\n.packit.yaml:3:1: no_such_key: ", issue.Body, StringComparison.Ordinal);
        Assert.Contains("\n.packit.yaml:6:14: jobs[0].trigger: ", issue.Body, StringComparison.Ordinal);
        Assert.All(
            (string[])["https://packit.dev/docs/guide/#3-configuration", "https://packit.dev/#contact", "https://packit.dev/docs/cli/config/validate",
                "https://packit.dev/posts/pre-commit-hooks#validate-config"],
            link => Assert.Contains(link, issue.Body, StringComparison.Ordinal));
        Assert.Empty(story.Project.CheckRuns());

        // The next releases are as broken: nothing is said again.
        await story.ReleaseAsync("v1.2.4");
        await story.Project.CommitAsync(new FileSet { ["NEWS"] = "still broken\n" }, "Another commit");
        await story.ReleaseAsync("v1.2.5");
        Assert.Empty(Assert.Single(story.Project.Issues()).Comments);

        var repaired = await story.Project.CommitAsync(new FileSet { [".packit.yaml"] = Whole }, "Repair the config");
        await story.ReleaseAsync("v1.2.6");

        var closed = Assert.Single(story.Project.Issues());
        Assert.Equal("closed", closed.State);
        Assert.Equal($"The package config of commit {repaired} is valid. Closing.", Talk.Visible(Assert.Single(closed.Comments).Body));
        Assert.Equal("success", story.Check("rawhide").Conclusion);
    }

    [Fact]
    public async Task A_config_that_breaks_again_after_the_repair_opens_a_new_issue()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Config = Broken });
        await story.ReleaseAsync();
        await story.Project.CommitAsync(new FileSet { [".packit.yaml"] = Whole }, "Repair the config");
        await story.ReleaseAsync("v1.2.4");

        await story.Project.CommitAsync(new FileSet { [".packit.yaml"] = Broken }, "Break it again");
        await story.ReleaseAsync("v1.2.5");

        Assert.Equal(["closed", "open"], story.Project.Issues().Select(issue => issue.State));
        Assert.All(story.Project.Issues(), issue => Assert.Equal("[packit] Invalid config", issue.Title));
    }

    [Fact]
    public async Task A_command_on_a_broken_config_is_answered_with_the_problems()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Config = Broken });
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        story.World.WebhookTarget = story.Service.Webhook;

        var talk = await Talk.BeginAsync(story, "/packit propose-downstream");

        Assert.StartsWith("Failed to load packit config file `.packit.yaml` of commit ", Assert.Single(talk.Answers), StringComparison.Ordinal);
        Assert.Contains((story.Bot, "eyes"), talk.Reactions);
        Assert.Empty(await story.RunsAsync());
    }
}
