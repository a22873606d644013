using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Which release and which branches a person means with <c>/packit propose-downstream</c>, and how they are answered.</summary>
public sealed class ProposeCommandStories(PostgresServer server)
{
    private const string Command = "/packit propose-downstream";

    private static readonly StoryOptions OneBranch = new() { Branches = ["rawhide"], ConfiguredBranches = "rawhide" };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_a_failure_issue_its_own_release_is_meant(bool isRemembered)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "[rawhide, f42]" });
        await story.ReleaseAsync("v1.2.3");
        var issue = Assert.Single(story.Project.Issues());
        await story.ReleaseAsync("v1.3.0");
        await story.Package.CreateBranchAsync("f42");
        if (!isRemembered)
        {
            await using var database = story.Database();
            database.FailureIssues.RemoveRange(database.FailureIssues);
            await database.SaveChangesAsync();
        }

        var talk = await Talk.BeginAsync(story, Command, issue: issue.Number);

        Assert.Equal("Update f42 to upstream release 1.2.3", Assert.Single(await story.OpenPullRequestsAsync(), pull => pull.Branch == "f42").Title);
        Assert.StartsWith("Release v1.2.3 was proposed:\n\n- `f42`: ", talk.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_that_somebody_else_gave_an_issue_names_no_release()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await PublishQuietlyAsync(story, "v1.2.3", "v1.3.0");
        var issue = await story.Project.OpenIssueAsync("maintainer", "[packit] Propose downstream failed for release v1.2.3");

        await Talk.BeginAsync(story, Command, issue: issue);

        Assert.Equal("Update rawhide to upstream release 1.3.0", Assert.Single(await story.OpenPullRequestsAsync()).Title);
    }

    [Fact]
    public async Task A_tag_that_is_named_is_meant()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await PublishQuietlyAsync(story, "v1.2.3", "v1.3.0");

        var talk = await Talk.BeginAsync(story, $"{Command} v1.2.3");

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal("Update rawhide to upstream release 1.2.3", pull.Title);
        Assert.Equal($"Release v1.2.3 was proposed:\n\n- `rawhide`: {story.World.DistGit}rpms/hello/pull-request/{pull.Id}", talk.Answer);
        Assert.Equal([(story.Bot, "eyes")], talk.Reactions);
    }

    [Fact]
    public async Task A_tag_that_is_not_there_is_told()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await PublishQuietlyAsync(story, "v1.2.3");

        var talk = await Talk.BeginAsync(story, $"{Command} v9.9.9");

        Assert.Equal("The project upstream/hello has no tag v9.9.9; nothing was started. Push the tag, or name another one.", talk.Answer);
        Assert.Empty(await story.RunsAsync());
    }

    [Fact]
    public async Task All_branches_are_worked_on_again_when_all_are_asked_for()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide", "f43"], ConfiguredBranches = "[rawhide, f43]" });
        await story.ReleaseAsync();
        var pulls = await story.OpenPullRequestsAsync();

        var talk = await Talk.BeginAsync(story, $"{Command} --all");

        var again = (await story.RunsAsync())[1];
        Assert.Equal(["f43", "rawhide"], (await story.TargetsAsync()).Where(target => target.RunId == again.Id).Select(target => target.Branch).Order(StringComparer.Ordinal));
        Assert.Equal(pulls.Select(pull => pull.Id), (await story.OpenPullRequestsAsync()).Select(pull => pull.Id));
        Assert.StartsWith("Release v1.2.3 was proposed:", talk.Answer, StringComparison.Ordinal);
        Assert.All(pulls, pull => Assert.Contains($"`{pull.Branch}`: {story.World.DistGit}rpms/hello/pull-request/{pull.Id}", talk.Answer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--branch f43")]
    [InlineData("--branch=fedora-43")]
    public async Task Only_the_branch_that_is_named_is_worked_on(string option)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide", "f43"], ConfiguredBranches = "[rawhide, f43]" });
        await PublishQuietlyAsync(story, "v1.2.3");

        await Talk.BeginAsync(story, $"{Command} {option}");

        Assert.Equal("f43", Assert.Single(await story.OpenPullRequestsAsync()).Branch);
        Assert.Equal("f43", Assert.Single(await story.TargetsAsync()).Branch);
    }

    [Fact]
    public async Task A_branch_that_is_not_configured_is_told_with_those_that_are()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide", "f43"], ConfiguredBranches = "[rawhide, f43]" });
        await PublishQuietlyAsync(story, "v1.2.3");

        var talk = await Talk.BeginAsync(story, $"{Command} --branch rawhide,f42");

        Assert.Contains("does not name f42 in its", talk.Answer, StringComparison.Ordinal);
        Assert.EndsWith("nothing was started. It names: rawhide, f43.", talk.Answer, StringComparison.Ordinal);
        Assert.Empty(await story.RunsAsync());
    }

    [Fact]
    public async Task In_a_pull_request_it_is_said_where_the_command_works()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        await PublishQuietlyAsync(story, "v1.2.3");
        var pull = await story.Project.OpenPullRequestAsync("maintainer", new FileSet { ["README"] = "Hello.\n" }, "Say hello");
        await story.SettleAsync();

        var talk = await Talk.BeginAsync(story, Command, issue: pull);

        Assert.StartsWith("The command `propose-downstream` does nothing here. It works in issues of the upstream project.", talk.Answer, StringComparison.Ordinal);
        Assert.Empty(await story.RunsAsync());
    }

    [Fact]
    public async Task A_project_without_releases_has_its_newest_tag_proposed_that_a_job_is_for()
    {
        await using var story = await Story.BeginAsync(server, OneBranch with { MoreConfig = "upstream_tag_exclude: v9" });
        foreach (var tag in new[] { "v1.2.9", "v1.2.10", "v1.2.3", "v9.0.0", "nightly" })
        {
            await story.Project.TagAsync(tag);
        }

        await story.Project.PublishArchiveAsync("v1.2.10");

        await Talk.BeginAsync(story, Command);

        Assert.Equal("Update rawhide to upstream release 1.2.10", Assert.Single(await story.OpenPullRequestsAsync()).Title);
    }

    [Fact]
    public async Task A_project_with_pre_releases_only_is_told_to_name_one()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync(new ReleaseDraft { Tag = "v2.0.0", Prerelease = true });
        story.World.WebhookTarget = story.Service.Webhook;

        var talk = await Talk.BeginAsync(story, Command);

        Assert.Equal("This project has only pre-releases, so nothing was started. Name the one that you mean: `/packit propose-downstream TAG`.", talk.Answer);
    }

    [Fact]
    public async Task Several_commands_of_a_comment_are_carried_out_and_answered_together()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide", "f43"], ConfiguredBranches = "[rawhide, f43]" });
        await PublishQuietlyAsync(story, "v1.2.3", "v1.3.0");

        var talk = await Talk.BeginAsync(
            story, $"{Command} v1.2.3 --branch f43\n\nand\n\n- {Command} v1.3.0 --branch rawhide\n- /packit frobnicate\n- /packit koji-tag\n");

        Assert.Equal(
            ["Update f43 to upstream release 1.2.3", "Update rawhide to upstream release 1.3.0"],
            (await story.OpenPullRequestsAsync()).Select(pull => pull.Title).Order(StringComparer.Ordinal));
        var parts = talk.Answer!.Split("**/packit ").Skip(1).ToList();
        Assert.Equal(4, parts.Count);
        Assert.StartsWith("propose-downstream v1.2.3 --branch f43**\n\nRelease v1.2.3 was proposed:\n\n- `f43`: ", parts[0], StringComparison.Ordinal);
        Assert.StartsWith("propose-downstream v1.3.0 --branch rawhide**\n\nRelease v1.3.0 was proposed:\n\n- `rawhide`: ", parts[1], StringComparison.Ordinal);
        Assert.StartsWith("frobnicate**\n\nThere appears to be a syntax error in the command provided.", parts[2], StringComparison.Ordinal);
        Assert.StartsWith("koji-tag**\n\nNothing was started by `koji-tag`.", parts[3], StringComparison.Ordinal);
        Assert.Single(talk.Answers);
        Assert.Equal([(story.Bot, "eyes")], talk.Reactions);
    }

    [Fact]
    public async Task A_thousand_commands_of_a_comment_are_ten_and_one_answer()
    {
        await using var story = await Story.BeginAsync(server, OneBranch);

        var talk = await Talk.BeginAsync(story, string.Join('\n', Enumerable.Range(1, 1000).Select(number => $"- {Command} v{number}")));

        Assert.Equal(10, talk.Answer!.Split("has no tag").Length - 1);
        Assert.Contains("Only 10 commands of a comment count. 990 more were not carried out", talk.Answer, StringComparison.Ordinal);
        Assert.Single(talk.Answers);
        await using var database = story.Database();
        Assert.Equal(11, database.CommentCommands.Count());
    }

    private static async Task PublishQuietlyAsync(Story story, params string[] tags)
    {
        story.World.WebhookTarget = null;
        foreach (var tag in tags)
        {
            await story.Project.PublishReleaseAsync(tag);
        }

        story.World.WebhookTarget = story.Service.Webhook;
    }
}
