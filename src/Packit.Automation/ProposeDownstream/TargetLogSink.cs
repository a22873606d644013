using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Packit.Automation.Storage;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Writes log lines of targets in batches and tells those who watch a page that there is something new.</summary>
public sealed class TargetLogSink(IPackitDbFactory databases, TargetSignals signals) : BackgroundService
{
    private const int BatchSize = 200;

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

            await WriteAsync(batch);
            batch.Clear();
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
}
