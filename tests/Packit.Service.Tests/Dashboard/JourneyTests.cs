using AngleSharp.Dom;
using Packit.Automation.Storage;
using Packit.Service.Tests.Support;
using Packit.TestSupport;

namespace Packit.Service.Tests.Dashboard;

public sealed class JourneyTests(DashboardHost host, PostgresServer server) : IClassFixture<DashboardHost>
{
    private const string Hostile = "<script>alert(1)</script>\"'&";
    private static readonly DateTimeOffset Evening = new(2026, 3, 14, 18, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_page_of_a_release_shows_the_whole_way_to_stable()
    {
        var (run, pull) = await MergedAsync("f43");
        var build = await host.Rows.BuildAsync(pull, "f43", KojiBuildStatus.Success, row => row.BuildFinishedTime = Evening);
        var update = await host.Rows.UpdateAsync(build, "f43", BodhiUpdateStatus.Success, row =>
        {
            (row.Alias, row.UpdateState, row.UpdateCreationTime) = ("FEDORA-2026-0a1b2c3d4e", BodhiUpdateState.Stable, Evening.AddHours(1));
            (row.WebUrl, row.StableTime) = ("https://bodhi.example/updates/FEDORA-2026-0a1b2c3d4e", Evening.AddDays(7));
        });

        var page = await host.PageAsync($"/releases/{run.ProjectEvent.ReleaseId}");

        Assert.Equal(
            ["Pull request: done", "Merge: done", "Build: done", "Update: done", "Stable: done"], Steps(page).Select(step => step[1..]));
        var way = page.QuerySelector(".way")!;
        Assert.Contains($"/jobs/koji/{build.Id}", way.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Contains($"/jobs/bodhi/{update.Id}", way.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal(
            ["2026-03-14T12:00:42Z", "2026-03-14T14:00:00Z", "2026-03-14T18:30:00Z", "2026-03-14T19:30:00Z", "2026-03-21T18:30:00Z"],
            way.QuerySelectorAll("time").Select(time => time.GetAttribute("datetime")));
        Assert.Contains("FEDORA-2026-0a1b2c3d4e is stable: users have it.", page.QuerySelector(".card")!.TextContent);
        Assert.Contains("stable", page.QuerySelector(".branches .chip")!.TextContent);
    }

    [Theory]
    [InlineData(KojiBuildStatus.Queued, "This service", "Submits the build to Koji.", "in progress")]
    [InlineData(KojiBuildStatus.Running, "Koji", "Builds chronicle-1.4.0", "in progress")]
    [InlineData(KojiBuildStatus.Failure, "Maintainers of the package", "failed to build on s390x", "failed")]
    [InlineData(KojiBuildStatus.Canceled, "Maintainers of the package", "was canceled", "failed")]
    [InlineData(KojiBuildStatus.Error, "Maintainers of the package", "The build was not started: Koji has no target", "failed")]
    [InlineData(KojiBuildStatus.Success, "Maintainers of the package", "No update was started here", "done")]
    public async Task A_build_says_who_acts_next(KojiBuildStatus status, string who, string what, string mark)
    {
        var (run, pull) = await MergedAsync("f43");
        await host.Rows.BuildAsync(pull, "f43", status, row =>
        {
            (row.FailedArch, row.Message) = ("s390x", "Koji has no target f43-candidate.");
            row.FailureKind = status == KojiBuildStatus.Error ? FailureKind.UserFixable : null;
        });

        var page = await host.PageAsync($"/releases/{run.ProjectEvent.ReleaseId}");

        Assert.Contains(who, page.QuerySelector(".card .who")!.TextContent);
        Assert.Contains(what, page.QuerySelector(".card .next")!.TextContent);
        Assert.EndsWith($"Build: {mark}", Steps(page)[2]);
    }

    [Fact]
    public async Task An_update_in_testing_says_how_it_becomes_stable()
    {
        var (run, pull) = await MergedAsync("f42");
        var build = await host.Rows.BuildAsync(pull, "f42", KojiBuildStatus.Success);
        await host.Rows.UpdateAsync(build, "f42", BodhiUpdateStatus.Success, row => (row.Alias, row.UpdateState, row.Karma) = ("FEDORA-2026-1", BodhiUpdateState.Testing, 2));

        var page = await host.PageAsync($"/releases/{run.ProjectEvent.ReleaseId}");

        Assert.Contains("FEDORA-2026-1 is in testing with karma +2; it becomes stable by karma or time.", page.QuerySelector(".card")!.TextContent);
    }

    [Fact]
    public async Task Rawhide_gets_no_update_and_the_page_says_why()
    {
        var (run, pull) = await MergedAsync("rawhide");
        await host.Rows.BuildAsync(pull, "rawhide", KojiBuildStatus.Success);

        var page = await host.PageAsync($"/releases/{run.ProjectEvent.ReleaseId}");

        Assert.Contains("Bodhi makes the updates of Rawhide by itself.", page.QuerySelector(".card")!.TextContent);
        Assert.EndsWith("Update: left out", Steps(page)[3]);
    }

    [Fact]
    public async Task A_pull_request_that_a_newer_release_took_over_says_so()
    {
        var old = await host.Rows.ReleaseAsync("overtaken", "v1.0");
        var oldTarget = await host.Rows.TargetAsync(old, "f43", SyncReleaseTargetStatus.Submitted);
        var pull = await host.Rows.PullRequestAsync(oldTarget, "Update to 1.1");
        var next = await host.Rows.ReleaseAsync("overtaken", "v1.1");
        await host.Rows.LinkAsync(await host.Rows.TargetAsync(next, "f43", SyncReleaseTargetStatus.Submitted), pull);

        var oldPage = await host.PageAsync($"/releases/{old.ProjectEvent.ReleaseId}");
        var newPage = await host.PageAsync($"/releases/{next.ProjectEvent.ReleaseId}");

        Assert.Contains("A newer release has taken the pull request over.", oldPage.QuerySelector(".card")!.TextContent);
        Assert.Contains("Review and merge the pull request:", newPage.QuerySelector(".card")!.TextContent);
    }

    [Fact]
    public async Task What_failed_comes_before_what_waits_for_a_review()
    {
        var run = await host.Rows.ReleaseAsync();
        var waiting = await host.Rows.TargetAsync(run, "rawhide", SyncReleaseTargetStatus.Submitted);
        await host.Rows.PullRequestAsync(waiting, "Update rawhide");
        var failed = await host.Rows.TargetAsync(run, "f43", SyncReleaseTargetStatus.Submitted);
        var pull = await host.Rows.PullRequestAsync(failed, "Update f43", state: PullRequestState.Merged);
        await host.Rows.BuildAsync(pull, "f43", KojiBuildStatus.Failure);

        var page = await host.PageAsync($"/releases/{run.ProjectEvent.ReleaseId}");

        Assert.Contains("f43: chronicle-1.4.0", page.QuerySelector(".card .next")!.TextContent);
    }

    [Fact]
    public async Task The_page_of_a_build_shows_the_end_of_the_log_and_links_back_to_the_release()
    {
        var (run, pull) = await MergedAsync("f43");
        var build = await host.Rows.BuildAsync(
            pull, "f43", KojiBuildStatus.Failure,
            row =>
            {
                (row.FailedArch, row.FailedLog, row.LogTail) = ("x86_64", "build.log", "error: \u001b[31mthe test failed");
                (row.BuildLogs, row.TaskId, row.WebUrl) = ("""{"x86_64":"https://kojipkgs.example/build.log"}""", 4711, "https://koji.example/taskinfo?taskID=4711");
            },
            new JobDecision { Position = 0, Job = "koji_build", Package = "chronicle", Matched = true, Reason = "The push starts it." });

        var page = await host.PageAsync($"/jobs/koji/{build.Id}");

        Assert.Equal($"/releases/{run.ProjectEvent.ReleaseId}", page.QuerySelectorAll(".trail a")[1].GetAttribute("href"));
        Assert.Contains("the test failed", page.QuerySelector("section[aria-labelledby=tail] pre")!.TextContent);
        Assert.DoesNotContain("\u001b", page.Body!.TextContent);
        Assert.Contains("https://kojipkgs.example/build.log", page.Links.Select(link => link.GetAttribute("href")));
        Assert.Contains("yesThe push starts it.", page.QuerySelector("section[aria-labelledby=why] tbody tr")!.TextContent);
    }

    [Fact]
    public async Task Lists_show_the_newest_first_and_go_back_page_by_page()
    {
        for (var i = 0; i < 27; i++)
        {
            await host.Rows.UpdateAsync(await host.Rows.BuildAsync(null, "f43", KojiBuildStatus.Success), "f43", BodhiUpdateStatus.Queued);
        }

        foreach (var list in new[] { "/jobs/downstream-koji-builds", "/jobs/bodhi-updates" })
        {
            var first = await host.PageAsync(list);
            var second = await host.PageAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

            Assert.Equal(25, first.QuerySelectorAll("tbody tr").Length);
            var shown = first.QuerySelectorAll("tbody th a").Concat(second.QuerySelectorAll("tbody th a")).Select(link => link.GetAttribute("href")).ToList();
            Assert.Equal(shown.Count, shown.Distinct().Count());
            Assert.Contains(second.QuerySelectorAll("a"), link => link.GetAttribute("href") == list);
        }
    }

    [Fact]
    public async Task Texts_from_outside_are_shown_as_text()
    {
        var (run, pull) = await MergedAsync("f43");
        var build = await host.Rows.BuildAsync(pull, "f43", KojiBuildStatus.Failure, row =>
        {
            (row.Nvr, row.Message, row.FailedArch, row.LogTail) = (Hostile, $"{Hostile}\n{Hostile}", Hostile, Hostile);
            (row.WebUrl, row.BuildLogs) = ("javascript:alert(1)", """{"x":"javascript:alert(1)"}""");
        });
        var update = await host.Rows.UpdateAsync(build, "f43", BodhiUpdateStatus.Error, row =>
            (row.Message, row.Alias, row.WebUrl, row.Gating) = ($"{Hostile}\n{Hostile}", Hostile, "javascript:alert(1)", Hostile));

        foreach (var path in new[] { $"/releases/{run.ProjectEvent.ReleaseId}", $"/jobs/koji/{build.Id}", $"/jobs/bodhi/{update.Id}", "/jobs/bodhi-updates" })
        {
            var page = await host.PageAsync(path);
            Assert.Contains(Hostile, page.Body!.TextContent);
            Assert.DoesNotContain(page.Scripts, script => !script.HasAttribute("src"));
            Assert.All(page.Links, link => Assert.DoesNotContain("javascript:", link.GetAttribute("href")));
        }
    }

    [Fact]
    public async Task On_PostgreSQL_the_way_reads_the_same()
    {
        await using var other = new DashboardHost { Server = server };
        await other.InitializeAsync();
        var run = await other.Rows.ReleaseAsync();
        var target = await other.Rows.TargetAsync(run, "f43", SyncReleaseTargetStatus.Submitted);
        var pull = await other.Rows.PullRequestAsync(target, "Update", state: PullRequestState.Merged);
        var build = await other.Rows.BuildAsync(pull, "f43", KojiBuildStatus.Success);
        var update = await other.Rows.UpdateAsync(build, "f43", BodhiUpdateStatus.Retry);

        var page = await other.PageAsync($"/releases/{run.ProjectEvent.ReleaseId}");

        Assert.EndsWith("Update: in progress", Steps(page)[3]);
        Assert.Contains("awaits update", (await other.PageAsync($"/jobs/bodhi/{update.Id}")).QuerySelector("h1")!.TextContent);
        Assert.Contains("built", (await other.PageAsync($"/jobs/koji/{build.Id}")).QuerySelector("h1")!.TextContent);
    }

    private static List<string> Steps(IParentNode page) => [.. page.QuerySelectorAll(".way .step").Select(step => step.TextContent)];

    private async Task<(SyncReleaseRun Run, SyncReleasePullRequest Pull)> MergedAsync(string branch)
    {
        var run = await host.Rows.ReleaseAsync();
        var target = await host.Rows.TargetAsync(run, branch, SyncReleaseTargetStatus.Submitted);
        return (run, await host.Rows.PullRequestAsync(target, $"Update {branch}", state: PullRequestState.Merged));
    }
}
