using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Packit.Automation.Storage;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Writes log lines of targets in batches and tells those who watch a page that there is something new.</summary>
public sealed partial class TargetLogSink(IPackitDbFactory databases, TargetSignals signals, TimeProvider time, ILogger<TargetLogSink> logger)
    : BackgroundService
{
    private const int BatchSize = 200;

    /// <summary>How often lines are tried to be written while the database is away.</summary>
    private const int Tries = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<TargetLogLine> _lines = Channel.CreateUnbounded<TargetLogLine>(new UnboundedChannelOptions { SingleReader = true });

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

            await TryWriteAsync(batch);
            batch.Clear();
        }
    }

    // The log is a convenience: its trouble must not end the process.
    private async Task TryWriteAsync(List<TargetLogLine> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WriteAsync(batch);
                return;
            }
            catch (Exception trouble) when (trouble is DbUpdateException or DbException)
            {
                if (attempt == Tries)
                {
                    LogLost(trouble, batch.Count);
                    return;
                }
            }

            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }

    private async Task WriteAsync(List<TargetLogLine> batch)
    {
        await using (var database = databases.Create())
        {
            database.LogLines.AddRange(batch);
            await database.SaveChangesAsync(CancellationToken.None);
        }

        foreach (var target in batch.Select(line => line.TargetId).Distinct())
        {
            signals.Changed(target);
        }
    }

    [LoggerMessage(EventId = 4501, Level = LogLevel.Error, Message = "{Count} lines of logs of targets could not be stored and are lost")]
    private partial void LogLost(Exception cause, int count);
}
