using System.Net;
using Packit.Automation.Failures;
using Packit.Automation.Storage;
using Packit.Service.Tests.Support;
using Packit.TestSupport;

namespace Packit.Service.Tests.Dashboard;

public sealed class PageTests(DashboardHost host, PostgresServer server) : IClassFixture<DashboardHost>
{
    private const string Hostile = "v1<script>alert(1)</script>\"'&";

    [Fact]
    public async Task The_list_shows_newest_releases_first_with_each_branch_and_the_next_step()
    {
        var older = await host.Rows.ReleaseAsync("older");
        var newer = await host.Rows.ReleaseAsync("newer", "v9.0");
        await host.Rows.TargetAsync(older, "rawhide", SyncReleaseTargetStatus.Running);
        var target = await host.Rows.TargetAsync(newer, "f43", SyncReleaseTargetStatus.Submitted);
        await host.Rows.PullRequestAsync(target, "Update to 9.0");

        var page = await host.PageAsync("/");

        var rows = page.QuerySelectorAll(".releases tbody tr").ToList();
        var first = rows.FindIndex(row => row.TextContent.Contains("newer", StringComparison.Ordinal));
        Assert.True(first >= 0 && first < rows.FindIndex(row => row.TextContent.Contains("older", StringComparison.Ordinal)));
        Assert.Contains("f43", rows[first].TextContent);
        Assert.Contains("proposed", rows[first].TextContent);
        Assert.Contains("Review and merge the pull request", rows[first].TextContent);
        Assert.Equal($"/jobs/propose-downstream/{target.Id}", rows[first].QuerySelector(".chips a")?.GetAttribute("href"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", rows[first].QuerySelector("time")?.GetAttribute("datetime"));
    }

    [Fact]
    public async Task A_private_repository_is_neither_listed_nor_shown()
    {
        var run = await host.Rows.ReleaseAsync("concealed", isPrivate: true);
        var target = await host.Rows.TargetAsync(run, "rawhide", SyncReleaseTargetStatus.Running, row => row.Diff = "+secret");
        await host.Rows.LogAsync(target.Id, "secret");

        var list = await host.Http.GetStringAsync("/");

        Assert.DoesNotContain("concealed", list);
        foreach (var path in new[]
        {
            $"/releases/{run.ProjectEvent.ReleaseId}", $"/jobs/propose-downstream/{target.Id}", $"/jobs/propose-downstream/{target.Id}/log",
            $"/jobs/propose-downstream/{target.Id}/diff", $"/jobs/propose-downstream/{target.Id}/events",
        })
        {
            using var answer = await host.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Texts_from_outside_are_shown_as_text_on_every_page()
    {
        var decision = new JobDecision { Position = 0, Job = Hostile, Package = Hostile, Matched = false, Reason = Hostile };
        var run = await host.Rows.ReleaseAsync("odd", Hostile, decisions: decision);
        var target = await host.Rows.TargetAsync(run, Hostile, SyncReleaseTargetStatus.Error, row =>
        {
            (row.Message, row.FailureKind, row.FailureCode, row.Version) = ($"{Hostile}\n{Hostile}", FailureKind.UserFixable, Hostile, Hostile);
            (row.Plan, row.Diff, row.CommitSha) = ($"write {Hostile}", $"@@ -1 +1 @@\n+{Hostile}", Hostile);
        });
        await host.Rows.PullRequestAsync(target, Hostile, "javascript:alert(1)");
        await host.Rows.LogAsync(target.Id, Hostile, LogLevelName.Error);

        foreach (var path in new[] { "/", $"/releases/{run.ProjectEvent.ReleaseId}", $"/jobs/propose-downstream/{target.Id}" })
        {
            var page = await host.PageAsync(path);
            Assert.Contains(Hostile, page.Body!.TextContent);
            Assert.DoesNotContain(page.Scripts, script => !script.HasAttribute("src"));
            Assert.All(page.Links, link => Assert.DoesNotContain("javascript:", link.GetAttribute("href")));
            Assert.All(page.All, element => Assert.False(element.HasAttribute("style")));
        }
    }

    [Fact]
    public async Task The_page_of_a_release_tells_who_does_what_next_and_why_jobs_ran()
    {
        var run = await host.Rows.ReleaseAsync(
            decisions: [
                new JobDecision { Position = 0, Job = "propose_downstream", Package = "chronicle", Matched = true, Reason = "Its trigger is release." },
                new JobDecision { Position = 1, Job = "tests", Package = null, Matched = false, Reason = "Not run here." }]);
        await host.Rows.TargetAsync(run, "f43", SyncReleaseTargetStatus.Retry, row =>
        {
            (row.FailureKind, row.FailureCode, row.Retries) = (FailureKind.Transient, FailureCodes.ArchiveNotThere, 2);
            row.NextAttemptAt = new DateTimeOffset(2026, 3, 14, 14, 5, 0, TimeSpan.Zero);
        });
        await host.Rows.TargetAsync(run, "f44", SyncReleaseTargetStatus.Skipped, row => row.Message = "It has it already.");

        var page = await host.PageAsync($"/releases/{run.ProjectEvent.ReleaseId}");

        var branches = page.QuerySelectorAll("section[aria-labelledby=branches] tbody tr");
        Assert.Equal(["f44", "f43"], branches.Select(row => row.QuerySelector("th a")!.TextContent));
        Assert.Contains("Waits for the archive, next attempt 14:05 UTC (3 of 7).", branches[1].TextContent);
        Assert.Contains("Nothing to do: It has it already.", branches[0].TextContent);
        var why = page.QuerySelectorAll("section[aria-labelledby=why] tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("yesIts trigger is release.", why[0]);
        Assert.Contains("noNot run here.", why[1]);
    }

    [Fact]
    public async Task The_page_of_a_branch_shows_its_failure_what_to_do_and_the_change()
    {
        var run = await host.Rows.ReleaseAsync();
        var target = await host.Rows.TargetAsync(run, "rawhide", SyncReleaseTargetStatus.Error, row =>
        {
            (row.FailureKind, row.FailureCode, row.Message) = (FailureKind.UserFixable, FailureCodes.SpecMissing, "The spec file is not there.\nSecond line.");
            (row.Plan, row.CommitSha) = ("write a.spec\ndelete b.patch", new string('c', 40));
            row.Diff = "diff --git a/a.spec b/a.spec\n--- a/a.spec\n+++ b/a.spec\n@@ -1,2 +1,2 @@\n Name: a\n-Version: 1\n+Version: 2\n--- gone\n";
        });
        await host.Rows.LogAsync(target.Id, "It was looked for.", LogLevelName.Warning);

        var page = await host.PageAsync($"/jobs/propose-downstream/{target.Id}");

        Assert.Contains("Failed: The spec file is not there.", page.QuerySelector(".card")!.TextContent);
        Assert.Contains("/packit propose-downstream", page.QuerySelector(".card")!.TextContent);
        Assert.Contains(FailureCodes.SpecMissing, page.QuerySelector(".card")!.TextContent);
        Assert.Contains("Second line.", page.QuerySelector(".message")!.TextContent);
        Assert.Equal(["write a.spec", "delete b.patch"], page.QuerySelectorAll(".plan li").Select(item => item.TextContent));
        Assert.Equal(
            ["file", "file", "file", "hunk", "same", "removed", "added", "removed"],
            page.QuerySelectorAll(".diff span").Select(line => line.ClassName));
        Assert.Contains("warning It was looked for.", page.QuerySelector("#log li")!.TextContent);
        Assert.Equal($"/releases/{run.ProjectEvent.ReleaseId}", page.QuerySelectorAll(".trail a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task A_later_run_of_a_branch_replaces_the_earlier_one()
    {
        var run = await host.Rows.ReleaseAsync("twice");
        await host.Rows.TargetAsync(run, "f43", SyncReleaseTargetStatus.Error, row => row.Message = "At first it failed.");
        var again = await host.Rows.RunAgainAsync(run);
        await host.Rows.TargetAsync(again, "f43", SyncReleaseTargetStatus.Running);

        var page = await host.PageAsync($"/releases/{run.ProjectEvent.ReleaseId}");

        Assert.Contains("working", Assert.Single(page.QuerySelectorAll("section[aria-labelledby=branches] tbody tr")).TextContent);
        Assert.Contains("failed", Assert.Single(page.QuerySelectorAll("section[aria-labelledby=earlier] li")).TextContent);
    }

    [Fact]
    public async Task The_log_and_the_change_can_be_read_as_plain_text_without_control_characters()
    {
        var run = await host.Rows.ReleaseAsync();
        var target = await host.Rows.TargetAsync(run, "rawhide", SyncReleaseTargetStatus.Running, row => row.Diff = "+<b>");
        await host.Rows.LogAsync(target.Id, "red \u001b[31m<b>", LogLevelName.Warning);

        using var log = await host.Http.GetAsync($"/jobs/propose-downstream/{target.Id}/log");
        using var diff = await host.Http.GetAsync($"/jobs/propose-downstream/{target.Id}/diff");

        Assert.Equal("text/plain", log.Content.Headers.ContentType?.MediaType);
        Assert.Equal("2026-03-14T12:00:01.000Z warning red \uFFFD[31m<b>\n", await log.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", diff.Content.Headers.ContentType?.MediaType);
        Assert.Equal("+<b>", await diff.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_very_large_change_and_log_leave_the_page_small()
    {
        var run = await host.Rows.ReleaseAsync();
        var target = await host.Rows.TargetAsync(run, "rawhide", SyncReleaseTargetStatus.Running, row =>
            row.Diff = "@@ -1 +1 @@\n" + string.Concat(Enumerable.Repeat("+a line of a rewritten file\n", 9000)));
        for (var line = 0; line < 220; line++)
        {
            await host.Rows.LogAsync(target.Id, $"line {line} of a talkative job");
        }

        var html = await host.Http.GetStringAsync($"/jobs/propose-downstream/{target.Id}");

        Assert.InRange(html.Length, 1, 100 * 1024);
        Assert.Contains("The change is longer than this.", html);
        Assert.DoesNotContain("line 19 of", html);
        Assert.Contains("line 219 of", html);
    }

    [Fact]
    public async Task Pages_are_read_from_PostgreSQL_too()
    {
        await using var postgres = new DashboardHost { Server = server };
        await postgres.InitializeAsync();
        var run = await postgres.Rows.ReleaseAsync(
            decisions: new JobDecision { Position = 0, Job = "propose_downstream", Package = "chronicle", Matched = true, Reason = "Its trigger is release." });
        var target = await postgres.Rows.TargetAsync(run, "f43", SyncReleaseTargetStatus.Submitted);
        await postgres.Rows.PullRequestAsync(target, "Update to 1.4.0");
        await postgres.Rows.LogAsync(target.Id, "Done.");

        foreach (var (path, words) in new[]
        {
            ("/", "Review and merge"), ($"/?before={run.ProjectEvent.ReleaseId + 1}", "chronicle"),
            ($"/releases/{run.ProjectEvent.ReleaseId}", "Its trigger is release."), ($"/jobs/propose-downstream/{target.Id}", "Update to 1.4.0"),
        })
        {
            Assert.Contains(words, (await postgres.PageAsync(path)).Body!.TextContent);
        }

        Assert.EndsWith("info Done.\n", await postgres.Http.GetStringAsync($"/jobs/propose-downstream/{target.Id}/log"), StringComparison.Ordinal);
        Assert.Contains("event: end", await postgres.Http.GetStringAsync($"/jobs/propose-downstream/{target.Id}/events"));
        Assert.Equal("""{"status":"ready"}""", await postgres.Http.GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task Older_releases_are_on_further_pages()
    {
        for (var number = 0; number < 27; number++)
        {
            await host.Rows.ReleaseAsync($"many{number}");
        }

        var first = await host.PageAsync("/");
        var next = first.QuerySelector("a[rel=next]")?.GetAttribute("href");
        var second = await host.PageAsync(next!);

        Assert.Equal(25, first.QuerySelectorAll(".releases tbody tr").Length);
        Assert.Contains("many1-", second.QuerySelector(".releases tbody tr")!.TextContent);
        Assert.NotNull(second.QuerySelector(".pages a[href='/']"));
    }
}
