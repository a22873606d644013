using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Limits;

/// <summary>
/// Stores how installations stand with GitHub's limits, for pages and for other processes: at once when a delay begins or ends, else now and
/// then. And learns from the rows what other processes have met, so that they do not meet it one after the other.
/// </summary>
internal sealed partial class RateExchange(
    IPackitDbFactory databases, RateNotes notes, GitHubClient github, TimeProvider time, ILogger<RateExchange> log) : BackgroundService
{
    /// <summary>How often what changes all the time is stored.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>The least time between two writes.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await LearnAsync(stoppingToken);
                await WaitAsync(stoppingToken);
                await StoreAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var interval = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, stoppingToken);
        await notes.ChangedAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stoppingToken.ThrowIfCancellationRequested();
    }

    private async Task StoreAsync(CancellationToken stoppingToken)
    {
        var reports = notes.Take();
        try
        {
            foreach (var report in reports)
            {
                await StoreAsync(report, stoppingToken);
            }
        }
        catch (Exception away) when (away is DbException or DbUpdateException or IOException or TimeoutException)
        {
            notes.GiveBack(reports);
            LogNotStored(away);
        }
    }

    private async Task StoreAsync(RateReport report, CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        var resource = report.Budget?.Resource ?? RateRows.Core;
        await using var database = databases.Create();
        var row = await database.GetOrCreateAsync(
            state => state.InstallationId == report.InstallationId && state.Resource == resource,
            () => new RateState { InstallationId = report.InstallationId, Resource = resource, Limit = 0, Remaining = 0, ResetsAt = now, NotedAt = now },
            stoppingToken);
        RateRows.Note(row, report, now);
        await database.SaveChangesAsync(stoppingToken);
    }

    private async Task LearnAsync(CancellationToken stoppingToken)
    {
        try
        {
            var now = time.GetUtcNow();
            await using var database = databases.Create();
            var blocked = await database.RateStates.AsNoTracking()
                .Where(row => row.BlockedUntil > now && (row.Cause == RateCause.SecondaryLimit || row.Cause == RateCause.PrimaryLimit))
                .ToListAsync(stoppingToken);
            foreach (var row in blocked)
            {
                github.Hold(row.InstallationId, RateRows.Cause(row.Cause!.Value), row.BlockedUntil!.Value);
            }
        }
        catch (Exception away) when (away is DbException or IOException or TimeoutException)
        {
            LogNotRead(away);
        }
    }

    [LoggerMessage(EventId = 4601, Level = LogLevel.Warning, Message = "How GitHub's limits stand could not be stored; it is tried again")]
    private partial void LogNotStored(Exception cause);

    [LoggerMessage(EventId = 4602, Level = LogLevel.Warning, Message = "What other processes know of GitHub's limits could not be read")]
    private partial void LogNotRead(Exception cause);
}
