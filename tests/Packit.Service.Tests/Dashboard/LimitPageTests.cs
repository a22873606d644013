using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Dashboard;

public sealed class LimitPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task Each_account_has_what_is_left_until_when_and_why_its_work_is_delayed()
    {
        var now = DateTimeOffset.UtcNow;
        await StoreAsync(new GitHubInstallation
        {
            AccountId = 1, AccountLogin = "sundial", AccountType = "Organization", InstallationId = 5101, SenderLogin = "amber", SenderId = 2, InstalledAt = now,
        });
        await StoreAsync(State(5101, 420, now.AddMinutes(20), row =>
            (row.BlockedUntil, row.DelayedSince, row.Cause) = (now.AddMinutes(20), now.AddMinutes(-3), RateCause.LowBudget)));
        await StoreAsync(State(5102, 4000, now.AddMinutes(40)));
        await StoreAsync(State(5103, 7, now.AddMinutes(-5), row =>
            (row.BlockedUntil, row.DelayedSince, row.Cause) = (now.AddMinutes(-4), now.AddMinutes(-30), RateCause.PrimaryLimit)));
        await StoreAsync(State(5104, 7, now.AddDays(-20), row => row.NotedAt = now.AddDays(-20)));

        var page = await host.PageAsync("/limits");

        var rows = page.QuerySelectorAll(".limits tbody tr").Select(row => row.TextContent).ToList();
        var low = rows.FindIndex(row => row.Contains("420 of 5,000", StringComparison.Ordinal));
        var plenty = rows.FindIndex(row => row.Contains("Installation 5102", StringComparison.Ordinal));
        Assert.InRange(low, 0, plenty - 1);
        Assert.Contains("sundial", rows[low], StringComparison.Ordinal);
        Assert.Contains($"Work that nobody waits for is delayed until {now.AddMinutes(20).UtcDateTime:HH:mm} UTC because few of the hour's requests", rows[low], StringComparison.Ordinal);
        var full = rows.Single(row => row.Contains("Installation 5103", StringComparison.Ordinal));
        Assert.Contains("5,000 of 5,000", full, StringComparison.Ordinal);
        Assert.Contains("goes on", full, StringComparison.Ordinal);
        Assert.Contains("goes on", rows[plenty], StringComparison.Ordinal);
        Assert.DoesNotContain(rows, row => row.Contains("Installation 5104", StringComparison.Ordinal));
        Assert.Equal("page", page.QuerySelector("header nav a[href='/limits']")?.GetAttribute("aria-current"));
        Assert.All(page.QuerySelectorAll(".limits thead th"), head => Assert.Equal("col", head.GetAttribute("scope")));
        Assert.NotNull(page.QuerySelector(".limits caption"));

        var start = await host.PageAsync("/");
        Assert.Contains("delayed by GitHub's limits.", start.QuerySelector(".notice")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_whose_work_is_delayed_says_so_and_one_that_is_done_does_not()
    {
        var now = DateTimeOffset.UtcNow;
        var run = await host.Rows.ReleaseAsync("delayed");
        var target = await host.Rows.TargetAsync(run, "rawhide", SyncReleaseTargetStatus.Queued);
        await using (var db = host.Services.GetRequiredService<IPackitDbFactory>().Create())
        {
            (await db.Releases.FindAsync(run.ProjectEvent.ReleaseId))!.InstallationId = 5201;
            await db.SaveChangesAsync();
        }

        await StoreAsync(State(5201, 300, now.AddMinutes(30), row =>
            (row.BlockedUntil, row.DelayedSince, row.Cause) = (now.AddMinutes(2), now, RateCause.SecondaryLimit)));

        foreach (var path in new[] { $"/releases/{run.ProjectEvent.ReleaseId}", $"/jobs/propose-downstream/{target.Id}" })
        {
            Assert.Contains(
                $"Work is delayed until {now.AddMinutes(2).UtcDateTime:HH:mm} UTC because GitHub asked to slow down.",
                (await host.PageAsync(path)).QuerySelector(".card .notice")?.TextContent, StringComparison.Ordinal);
        }

        var done = await host.Rows.TargetAsync(run, "f43", SyncReleaseTargetStatus.Submitted);
        Assert.Null((await host.PageAsync($"/jobs/propose-downstream/{done.Id}")).QuerySelector(".card .notice"));
    }

    private static RateState State(long installation, int remaining, DateTimeOffset reset, Action<RateState>? more = null)
    {
        var row = new RateState
        {
            InstallationId = installation, Resource = "core", Limit = 5000, Remaining = remaining, ResetsAt = reset, NotedAt = DateTimeOffset.UtcNow,
        };
        more?.Invoke(row);
        return row;
    }

    private async Task StoreAsync<T>(T row)
        where T : class
    {
        await using var db = host.Services.GetRequiredService<IPackitDbFactory>().Create();
        db.Add(row);
        await db.SaveChangesAsync();
    }
}
