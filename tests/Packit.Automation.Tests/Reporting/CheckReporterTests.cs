using Microsoft.EntityFrameworkCore;
using Packit.Automation.Reporting;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Reporting;

public sealed class CheckReporterTests(PostgresServer server)
{
    private const string Page = "https://dash.example/jobs/propose-downstream/1";
    private static readonly CheckView Queued = new(CheckPhase.Queued, "The task was accepted.", Page);
    private static readonly CheckView Begun = new(CheckPhase.InProgress, "Starting propose downstream...", Page);
    private static readonly CheckView Done = new(CheckPhase.Success, "Propose downstream finished successfully.", Page);

    [Fact]
    public async Task A_check_is_made_once_and_then_updated()
    {
        await using var story = await ForgeStory.BeginAsync(server);

        await ShowAsync(story, Queued);
        await ShowAsync(story, Begun);
        await ShowAsync(story, Done with { Details = "first\n```\nlast" });

        var run = Assert.Single(story.Upstream.CheckRuns());
        Assert.Equal(
            [("queued", null, Queued.Title), ("in_progress", null, Begun.Title), ("completed", "success", Done.Title)],
            run.History.Select(moment => (moment.Status, moment.Conclusion, moment.Title)));
        Assert.Equal(("propose-downstream:rawhide", story.Sha, "7", Page), (run.Name, run.HeadSha, run.ExternalId, run.DetailsUrl));
        Assert.EndsWith("````\nfirst\n```\nlast\n````\n", run.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_already_is_not_sent_again()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ShowAsync(story, Queued);
        story.World.Requests.Clear();

        await ShowAsync(story, Queued);

        Assert.Empty(story.World.Requests.All);
    }

    [Fact]
    public async Task Many_who_want_the_same_send_it_once()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ShowAsync(story, Queued);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => ShowAsync(story, Done))));

        Assert.Equal(["queued", "completed"], Assert.Single(story.Upstream.CheckRuns()).History.Select(moment => moment.Status));
    }

    [Fact]
    public async Task Branches_and_commits_have_checks_of_their_own()
    {
        await using var story = await ForgeStory.BeginAsync(server);

        await ShowAsync(story, Queued);
        await ShowAsync(story, Queued, "propose-downstream:f43");

        Assert.Equal(["propose-downstream:f43", "propose-downstream:rawhide"], story.Upstream.CheckRuns().Select(run => run.Name).Order());
    }

    [Fact]
    public async Task A_check_whose_answer_was_lost_is_found_and_adopted()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, Method = "POST", PathContains = "/check-runs", Kind = new FaultKind.EffectThenCut() });

        await ShowAsync(story, Queued);
        await ShowAsync(story, Done);

        Assert.Equal("success", Assert.Single(story.Upstream.CheckRuns()).Conclusion);
        Assert.Equal(1, story.World.Requests.Count(Servers.GitHubApi, "POST", "/check-runs"));
    }

    [Fact]
    public async Task Without_the_permission_for_checks_a_commit_status_is_set()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        story.World.GitHub.SetAppPermission("octo", "checks", "none");

        await ShowAsync(story, Queued);
        await ShowAsync(story, Done);
        await ShowAsync(story, Done with { Phase = CheckPhase.Neutral, Title = "Skipped" });
        await ShowAsync(story, Done with { Phase = CheckPhase.Failure, Title = "Failed" });

        Assert.Empty(story.Upstream.CheckRuns());
        Assert.Equal(["pending", "success", "error", "failure"], story.Upstream.Statuses(story.Sha).Select(status => status.State));
        Assert.All(story.Upstream.Statuses(), status => Assert.Equal(("propose-downstream:rawhide", Page), (status.Context, status.TargetUrl)));
    }

    [Fact]
    public async Task An_outage_delays_a_check_and_does_not_lose_it()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        await ShowAsync(story, Queued);
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, Method = "PATCH", Kind = new FaultKind.Status(502) });
        await ShowAsync(story, Done);
        var resend = story.Handler("check-resend");
        Assert.Empty(await resend.FindOrphansAsync(CancellationToken.None));

        story.Time.Advance(TimeSpan.FromMinutes(1));
        var orphan = Assert.Single(await resend.FindOrphansAsync(CancellationToken.None));
        await resend.RunAsync(orphan.RowId, CancellationToken.None);

        Assert.Equal("success", Assert.Single(story.Upstream.CheckRuns()).Conclusion);
        Assert.Empty(await resend.FindOrphansAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_check_that_nobody_takes_is_given_up_after_a_day()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, Method = "POST", PathContains = "/check-runs", Kind = new FaultKind.Status(500) });
        await ShowAsync(story, Queued);
        var resend = story.Handler("check-resend");

        story.Time.Advance(TimeSpan.FromHours(23));
        Assert.Single(await resend.FindOrphansAsync(CancellationToken.None));
        story.Time.Advance(TimeSpan.FromHours(2));
        Assert.Empty(await resend.FindOrphansAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_is_wanted_is_stored_before_it_is_sent()
    {
        await using var story = await ForgeStory.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, Times = int.MaxValue, Kind = new FaultKind.Status(500) });

        await ShowAsync(story, Queued);

        await using var database = story.Databases.Create();
        var row = await database.Checks.SingleAsync();
        Assert.Contains(Queued.Title, row.Wanted, StringComparison.Ordinal);
        Assert.Null(row.Shown);
    }

    private static Task ShowAsync(ForgeStory story, CheckView view, string name = "propose-downstream:rawhide") => story.Get<CheckReporter>().ShowAsync(
        story.Forge, new CheckPlace(story.Rows.ProjectId, story.Sha, name, "7"), view, CancellationToken.None);
}
