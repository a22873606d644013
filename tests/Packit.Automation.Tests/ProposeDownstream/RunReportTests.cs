using Microsoft.EntityFrameworkCore;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.ProposeDownstream;

public sealed class RunReportTests(PostgresServer server)
{
    private const SyncReleaseTargetStatus Error = SyncReleaseTargetStatus.Error;
    private const SyncReleaseTargetStatus Skipped = SyncReleaseTargetStatus.Skipped;

    [Fact]
    public async Task A_failed_branch_is_reported_in_an_issue_and_the_run_is_an_error()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var run = await story.Rows.RunAsync();
        var target = await story.Rows.TargetAsync(run, "f43", Error, "It broke.");

        await ReportAsync(story, run);

        var issue = Assert.Single(story.Upstream.Issues());
        Assert.Equal("[packit] Propose downstream failed for release v1.2.3", issue.Title);
        Assert.Contains($"<td><code>f43</code></td><td>It broke.<br>See <a href=\"https://dash.example/jobs/propose-downstream/{target}\">", issue.Body, StringComparison.Ordinal);
        Assert.Equal((SyncReleaseStatus.Error, story.Time.GetUtcNow()), await StateAsync(story, run));
    }

    [Fact]
    public async Task A_run_with_an_open_branch_is_not_over()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var run = await story.Rows.RunAsync();
        await story.Rows.TargetAsync(run, "f43", Error, "It broke.");
        await story.Rows.TargetAsync(run, "rawhide", SyncReleaseTargetStatus.Retry);

        await ReportAsync(story, run);

        Assert.Empty(story.Upstream.Issues());
        Assert.Equal((SyncReleaseStatus.Running, (DateTimeOffset?)null), await StateAsync(story, run));
        Assert.Empty(await story.Handler(RunReportJob.KindName).FindOrphansAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_run_whose_report_was_lost_is_found()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var run = await story.Rows.RunAsync();
        await story.Rows.TargetAsync(run, "f43", Skipped, "Enough.");

        Assert.Equal([run], (await story.Handler(RunReportJob.KindName).FindOrphansAsync(CancellationToken.None)).Select(job => job.RowId));
    }

    [Fact]
    public async Task Skipped_branches_are_no_failure()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var run = await story.Rows.RunAsync();
        await story.Rows.TargetAsync(run, "f43", Skipped, "Enough.");

        await ReportAsync(story, run);

        Assert.Empty(story.Upstream.Issues());
        Assert.Equal(SyncReleaseStatus.Finished, (await StateAsync(story, run)).Status);
    }

    [Fact]
    public async Task A_later_run_that_succeeds_closes_the_issue()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await RunAsync(story, 0, ("rawhide", Error));

        await RunAsync(story, 0, ("rawhide", Skipped));

        Assert.Equal("closed", Assert.Single(story.Upstream.Issues()).State);
    }

    [Fact]
    public async Task The_success_of_one_job_does_not_close_the_issue_of_another()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await RunAsync(story, 0, ("rawhide", Error));

        await RunAsync(story, 1, ("f43", Skipped));
        Assert.Equal("open", Assert.Single(story.Upstream.Issues()).State);

        await RunAsync(story, 0, ("rawhide", Skipped));
        Assert.Equal("closed", Assert.Single(story.Upstream.Issues()).State);
    }

    [Fact]
    public async Task The_issue_stays_open_while_a_failed_branch_is_tried_again()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await RunAsync(story, 0, ("rawhide", Error));
        await story.Rows.TargetAsync(await story.Rows.RunAsync(0), "rawhide", SyncReleaseTargetStatus.Running);

        await RunAsync(story, 1, ("f43", Skipped));

        Assert.Equal("open", Assert.Single(story.Upstream.Issues()).State);
    }

    [Fact]
    public async Task Projects_without_issues_get_none()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        story.Upstream.HasIssues = false;

        await RunAsync(story, 0, ("rawhide", Error));

        Assert.Empty(story.Upstream.Issues());
    }

    [Fact]
    public async Task A_check_whose_end_was_lost_with_its_worker_is_shown_by_the_report()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var run = await story.Rows.RunAsync();
        var id = await story.Rows.TargetAsync(run, "f43", Error, "It broke.");
        var target = await TargetContext.LoadAsync(story.Databases, id, CancellationToken.None);
        await story.Get<TargetReporter>().StartedAsync(target, story.Forge, CancellationToken.None);

        await ReportAsync(story, run);

        var check = Assert.Single(story.Upstream.CheckRuns());
        Assert.Equal(("completed", "failure", "Propose downstream failed: It broke."), (check.Status, check.Conclusion, check.Title));
    }

    [Fact]
    public async Task An_old_run_does_not_write_over_the_check_of_a_newer_one()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        var old = await story.Rows.RunAsync();
        await story.Rows.TargetAsync(old, "f43", Error, "It broke.");
        var id = await story.Rows.TargetAsync(await story.Rows.RunAsync(), "f43", SyncReleaseTargetStatus.Running);
        await story.Get<TargetReporter>().StartedAsync(await TargetContext.LoadAsync(story.Databases, id, CancellationToken.None), story.Forge, CancellationToken.None);

        await ReportAsync(story, old);

        Assert.Equal("in_progress", Assert.Single(story.Upstream.CheckRuns()).Status);
    }

    private static async Task RunAsync(ForgeStory story, int view, params (string Branch, SyncReleaseTargetStatus Status)[] targets)
    {
        var run = await story.Rows.RunAsync(view);
        foreach (var (branch, status) in targets)
        {
            await story.Rows.TargetAsync(run, branch, status, "It broke.");
        }

        await ReportAsync(story, run);
    }

    private static Task ReportAsync(ForgeStory story, int run) => story.Handler(RunReportJob.KindName).RunAsync(run, CancellationToken.None);

    private static async Task<(SyncReleaseStatus Status, DateTimeOffset? Finished)> StateAsync(ForgeStory story, int run)
    {
        await using var database = story.Databases.Create();
        var row = await database.Runs.AsNoTracking().SingleAsync(known => known.Id == run);
        return (row.Status, row.FinishedTime);
    }
}
