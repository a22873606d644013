using Microsoft.EntityFrameworkCore;
using Packit.Automation.Reporting;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Reporting;

public sealed class IssueReporterTests(PostgresServer server)
{
    [Fact]
    public async Task One_release_has_one_issue_and_a_comment_only_when_there_is_something_new()
    {
        await using var story = await ForgeStory.BeginAsync(server);

        await ReportAsync(story, "run 1", "f43 broke");
        await ReportAsync(story, "run 2", "f43 broke");
        await ReportAsync(story, "run 3", "f43 broke");
        await ReportAsync(story, "run 4", "f42 broke");

        var issue = Assert.Single(story.Upstream.Issues());
        Assert.Equal(("[packit] It failed", "open", "packit-as-a-service[bot]"), (issue.Title, issue.State, issue.Author));
        Assert.StartsWith("run 1\n<!-- packit-service: propose-downstream v1.2.3 -->", issue.Body, StringComparison.Ordinal);
        Assert.Equal(["run 2", "run 4"], issue.Comments.Select(FirstLine));
    }

    [Fact]
    public async Task A_report_that_is_repeated_after_a_crash_adds_nothing()
    {
        await using var story = await ForgeStory.BeginAsync(server);

        await ReportAsync(story, "run 1", "f43 broke");
        await ReportAsync(story, "run 1", "f43 broke");

        Assert.Empty(Assert.Single(story.Upstream.Issues()).Comments);
    }

    [Fact]
    public async Task An_issue_whose_answer_was_lost_is_found_by_its_marker()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, Method = "POST", PathContains = "/issues", Kind = new FaultKind.EffectThenCut() });
        await Assert.ThrowsAnyAsync<Packit.Http.RemoteException>(() => ReportAsync(story, "run 1", "f43 broke"));

        await ReportAsync(story, "run 1", "f43 broke");

        Assert.Empty(Assert.Single(story.Upstream.Issues()).Comments);
        await ResolveAsync(story);
        Assert.Equal("closed", Assert.Single(story.Upstream.Issues()).State);
    }

    [Fact]
    public async Task A_comment_whose_answer_was_lost_is_not_said_twice()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ReportAsync(story, "run 1", "f43 broke");
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, Method = "POST", PathContains = "/comments", Kind = new FaultKind.EffectThenCut() });
        await Assert.ThrowsAnyAsync<Packit.Http.RemoteException>(() => ReportAsync(story, "run 2", "f42 broke"));

        await ReportAsync(story, "run 2", "f42 broke");

        Assert.Equal(["run 2"], Assert.Single(story.Upstream.Issues()).Comments.Select(FirstLine));
    }

    [Fact]
    public async Task A_marker_that_a_stranger_wrote_is_not_the_services()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ReportAsync(story, "run 1", "f43 broke");
        var own = Assert.Single(story.Upstream.Issues());
        await using (var database = story.Databases.Create())
        {
            await database.FailureIssues.ExecuteDeleteAsync();
        }

        await story.Upstream.OpenIssueAsync("eve", own.Title, own.Body);
        await ReportAsync(story, "run 2", "f43 broke");

        Assert.Equal([1, 0], story.Upstream.Issues().Select(issue => issue.Comments.Count));
    }

    [Fact]
    public async Task Under_a_number_that_is_somebody_elses_issue_by_now_nothing_is_said_or_closed()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ReportAsync(story, "run 1", "f43 broke");
        var foreign = await story.Upstream.OpenIssueAsync("eve", "Mine", "Hands off");
        await using (var database = story.Databases.Create())
        {
            await database.FailureIssues.ExecuteUpdateAsync(change => change.SetProperty(row => row.IssueNumber, foreign));
        }

        await ResolveAsync(story);
        await ReportAsync(story, "run 2", "f42 broke");

        var issue = story.Upstream.Issues().Single(one => one.Number == foreign);
        Assert.Equal("open", issue.State);
        Assert.Empty(issue.Comments);
        Assert.Equal(["run 2"], story.Upstream.Issues().Single(one => one.Number != foreign).Comments.Select(FirstLine));
    }

    [Fact]
    public async Task Without_its_memory_the_service_finds_its_issue_again()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ReportAsync(story, "run 1", "f43 broke");
        await using (var database = story.Databases.Create())
        {
            await database.FailureIssues.ExecuteDeleteAsync();
        }

        await ReportAsync(story, "run 2", "f43 broke");

        Assert.Equal(["run 2"], Assert.Single(story.Upstream.Issues()).Comments.Select(FirstLine));
    }

    [Fact]
    public async Task The_marker_of_somebody_else_is_not_believed()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await story.Upstream.OpenIssueAsync("mallory", "[packit] It failed", "x\n<!-- packit-service: propose-downstream v1.2.3 -->");

        await ReportAsync(story, "run 1", "f43 broke");

        Assert.Equal(["mallory", "packit-as-a-service[bot]"], story.Upstream.Issues().Select(issue => issue.Author));
    }

    [Fact]
    public async Task A_body_of_any_length_keeps_its_marker()
    {
        await using var story = await ForgeStory.BeginAsync(server);

        await ReportAsync(story, new string('x', 100_000), "f43 broke");

        Assert.Contains("…\n<!-- packit-service: propose-downstream v1.2.3 -->", Assert.Single(story.Upstream.Issues()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Success_closes_the_issue_with_a_last_word_said_once()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ReportAsync(story, "run 1", "f43 broke");

        await ResolveAsync(story);
        await ResolveAsync(story);

        var issue = Assert.Single(story.Upstream.Issues());
        Assert.Equal("closed", issue.State);
        Assert.Equal(["Done."], issue.Comments.Select(comment => comment.Body));
    }

    [Fact]
    public async Task Success_without_an_issue_asks_nobody()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        story.World.Requests.Clear();

        await ResolveAsync(story);

        Assert.Empty(story.World.Requests.All);
    }

    [Fact]
    public async Task After_a_person_closed_the_issue_a_further_failure_opens_another()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ReportAsync(story, "run 1", "f43 broke");
        await story.Forge.CloseIssueAsync(story.Upstream.Issues()[0].Number, CancellationToken.None);

        await ReportAsync(story, "run 2", "f43 broke");

        Assert.Equal(["closed", "open"], story.Upstream.Issues().Select(issue => issue.State));
        Assert.Empty(story.Upstream.Issues()[1].Comments);
    }

    [Fact]
    public async Task Success_leaves_an_issue_that_a_person_closed_as_it_is()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ReportAsync(story, "run 1", "f43 broke");
        await story.Forge.CloseIssueAsync(story.Upstream.Issues()[0].Number, CancellationToken.None);

        await ResolveAsync(story);

        Assert.Empty(Assert.Single(story.Upstream.Issues()).Comments);
    }

    [Fact]
    public async Task Releases_have_issues_of_their_own()
    {
        await using var story = await ForgeStory.BeginAsync(server);

        await ReportAsync(story, "run 1", "f43 broke", "v1.0");
        await ReportAsync(story, "run 2", "f43 broke", "v1.0.1");

        Assert.Equal(2, story.Upstream.Issues().Count);
    }

    private static string FirstLine(CommentView comment) => comment.Body.Split('\n')[0];

    private static Task ReportAsync(ForgeStory story, string body, string essence, string subject = "v1.2.3") => story.Get<IssueReporter>().ReportAsync(
        story.Forge, story.Rows.ProjectId, new IssueReport("propose-downstream", subject, "[packit] It failed", body, essence, CommentOnRepeat: true),
        CancellationToken.None);

    private static Task ResolveAsync(ForgeStory story) => story.Get<IssueReporter>().ResolveAsync(
        story.Forge, story.Rows.ProjectId, "propose-downstream", "v1.2.3", "Done.", CancellationToken.None);
}
