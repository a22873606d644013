using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Packit.Automation.Storage;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Writes log lines of targets in batches and tells those who watch a page that there is something new.</summary>
public sealed partial class TargetLogSink(IPackitDbFactory databases, TargetSignals signals, TimeProvider time, ILogger<TargetLogSink> logger) : BackgroundService
{
    private const int BatchSize = 200;

    /// <summary>Lines that wait for a database that is away; the oldest of more are lost, and nothing else of the work is.</summary>
    private const int MostWaiting = 20_000;

    /// <summary>How often lines are tried that the database refuses.</summary>
    private const int Tries = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<TargetLogLine> _lines =
        Channel.CreateBounded<TargetLogLine>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Takes a line. It is in the database a moment later.</summary>
    public void Add(TargetLogLine line) => _lines.Writer.TryWrite(line);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _lines.Writer.TryComplete();
        if (ExecuteTask is { } writing)
        {
            await writing.WaitAsync(cancellationToken);
        }

        await base.StopAsync(cancellationToken);
    }

    // Not bound to the host's stopping token: what was logged before the end is written before the end.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<TargetLogLine> batch = [];
        while (await _lines.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < BatchSize && _lines.Reader.TryRead(out var line))
            {
                batch.Add(line);
            }

            for (var attempt = 1; !await TryWriteAsync(batch, isLast: attempt == Tries) && !stoppingToken.IsCancellationRequested; attempt++)
            {
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            batch.Clear();
        }
    }

    /// <param name="batch">The lines.</param>
    /// <param name="isLast">Whether lines that the database does not take are given up now.</param>
    /// <returns>False when they are to be tried again.</returns>
    private async Task<bool> TryWriteAsync(List<TargetLogLine> batch, bool isLast)
    {
        try
        {
            await using var database = databases.Create();
            database.LogLines.AddRange(batch);
            await database.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception away) when (away is DbException or IOException or TimeoutException or DbUpdateException { InnerException: DbException { IsTransient: true } })
        {
            LogAway(batch.Count, away.Message);
            return false;
        }
        catch (DbUpdateException refused)
        {
            // Lines that the database does not take, such as those of a row that was removed, must not stop the others for ever.
            if (!isLast)
            {
                return false;
            }

            LogRefused(batch.Count, refused);
        }

        foreach (var target in batch.Select(line => line.TargetId).Distinct())
        {
            signals.Changed(target);
        }

        return true;
    }

    [LoggerMessage(EventId = 4211, Level = LogLevel.Warning, Message = "{Count} log lines of targets wait for the database: {Reason}")]
    private partial void LogAway(int count, string reason);

    [LoggerMessage(EventId = 4212, Level = LogLevel.Error, Message = "{Count} log lines of targets were refused by the database")]
    private partial void LogRefused(int count, Exception cause);
}
