using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Packit.Automation.Releases;

/// <summary>
/// Keeps the list of releases young also when no release comes, so that pages, checks and the first release after a quiet week go by the
/// branches of today.
/// </summary>
internal sealed partial class ReleaseListRefresh(DistributionReleases releases, TimeProvider time, ILogger<ReleaseListRefresh> log) : BackgroundService
{
    /// <summary>How often it is looked whether the list is due; whether it is, <see cref="DistributionReleases"/> knows.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RefreshAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task RefreshAsync(CancellationToken stoppingToken)
    {
        try
        {
            await releases.CurrentAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(EventId = 4103, Level = LogLevel.Error, Message = "The list of releases could not be refreshed")]
    private partial void LogFailed(Exception e);
}
