using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>One issue for the failures of a release, from its opening to its end.</summary>
public sealed class FailureIssueStories(PostgresServer server)
{
    private const string Command = "/packit propose-downstream";
    private const string Title = "[packit] Propose downstream failed for release v1.2.3";

    /// <summary>f42 is configured and not there yet.</summary>
    private static readonly StoryOptions WithoutBranch = new() { Branches = ["rawhide"], ConfiguredBranches = "[rawhide, f42]" };

    [Fact]
    public async Task A_second_failure_is_a_comment_in_the_issue_and_a_third_of_the_same_kind_is_silent()
    {
        await using var story = await Story.BeginAsync(server, WithoutBranch);

        await story.ReleaseAsync();
        var first = Assert.Single(story.Project.Issues());
        Assert.Equal(Title, first.Title);
        Assert.Empty(first.Comments);

        var second = await Talk.BeginAsync(story, Command, issue: first.Number);
        Assert.StartsWith("Release v1.2.3 could not be proposed to all branches:\n\n- `f42`: failed: ", second.Answer, StringComparison.Ordinal);
        var comment = Assert.Single(second.Others);
        Assert.StartsWith($"Packit failed on creating pull-requests in dist-git ({story.World.DistGit}rpms/hello.git):\n\n", comment, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{await story.PageAsync("f42")}\">", comment, StringComparison.Ordinal);

        var third = await Talk.BeginAsync(story, Command, issue: first.Number);
        Assert.NotNull(third.Answer);
        Assert.Empty(third.Others);
        Assert.Equal(3, (await story.RunsAsync()).Count);
        Assert.Single(story.Project.Issues());
        Assert.Equal("failure", story.Check("f42").Conclusion);
    }

    [Fact]
    public async Task The_issue_is_closed_with_a_last_word_when_a_later_run_succeeds()
    {
        await using var story = await Story.BeginAsync(server, WithoutBranch);
        await story.ReleaseAsync();
        var opened = Assert.Single(story.Project.Issues());

        await story.Package.CreateBranchAsync("f42");
        var talk = await Talk.BeginAsync(story, Command, issue: opened.Number);

        Assert.Equal(["Release v1.2.3 was proposed to all branches. Closing."], talk.Others);
        Assert.Equal("closed", talk.Issue.State);
        Assert.Equal("success", story.Check("f42").Conclusion);
        Assert.Equal(SyncReleaseStatus.Finished, (await story.RunsAsync())[^1].Status);
    }

    [Fact]
    public async Task The_failure_of_another_release_is_another_issue_even_when_its_title_contains_the_first()
    {
        await using var story = await Story.BeginAsync(server, WithoutBranch);

        await story.ReleaseAsync("v1.2.30");
        await story.ReleaseAsync("v1.2.3");

        Assert.Equal([Title + "0", Title], story.Project.Issues().Select(issue => issue.Title));
        Assert.All(story.Project.Issues(), issue => Assert.Empty(issue.Comments));
    }

    [Fact]
    public async Task Another_job_of_the_same_release_that_succeeds_does_not_close_the_issue()
    {
        const string TwoJobs = """
            specfile_path: hello.spec
            downstream_package_name: hello
            upstream_tag_template: v{version}
            jobs:
              - job: propose_downstream
                trigger: release
                dist_git_branches: [f42]
              - job: propose_downstream
                trigger: release
                dist_git_branches: [rawhide]
            """;
        await using var story = await Story.BeginAsync(server, WithoutBranch with { Config = TwoJobs, Stepped = true });

        await story.ReleaseAsync();

        Assert.Equal("failure", story.Check("f42").Conclusion);
        Assert.Equal("success", story.Check("rawhide").Conclusion);
        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal(("open", Title), (issue.State, issue.Title));

        await story.Package.CreateBranchAsync("f42");
        var talk = await Talk.BeginAsync(story, Command, issue: issue.Number);
        Assert.Equal("closed", talk.Issue.State);
    }

    [Theory]
    [InlineData("notifications:\n  failure_issue:\n    create: false", true)]
    [InlineData("", false)]
    public async Task No_issue_is_made_where_it_is_not_wanted(string config, bool hasIssues)
    {
        await using var story = await Story.BeginAsync(server, WithoutBranch with { MoreConfig = config });
        story.Project.HasIssues = hasIssues;

        await story.ReleaseAsync();

        Assert.Equal("failure", story.Check("f42").Conclusion);
        Assert.Equal("success", story.Check("rawhide").Conclusion);
        Assert.Empty(story.Project.Issues());
        Assert.Equal(SyncReleaseStatus.Error, Assert.Single(await story.RunsAsync()).Status);
    }

    [Fact]
    public async Task The_words_of_the_project_stand_at_the_end_of_the_issue()
    {
        await using var story = await Story.BeginAsync(
            server, WithoutBranch with { MoreConfig = "notifications:\n  failure_comment:\n    message: Ask in the chat." });

        await story.ReleaseAsync();

        Assert.EndsWith("into this issue.\n\n\n---\nAsk in the chat.", Talk.Visible(Assert.Single(story.Project.Issues()).Body!), StringComparison.Ordinal);
    }
}
