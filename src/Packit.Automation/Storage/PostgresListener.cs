using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Packit.Automation.Storage;

/// <summary>Passes on the notifications of other processes on the same PostgreSQL database. Does nothing on SQLite.</summary>
internal sealed partial class PostgresListener(Database database, WakeUps wakeUps, TimeProvider time, ILogger<PostgresListener> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (database.Postgres is { } source && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(source, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                LogLost(e.Message, Pause);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(NpgsqlDataSource source, CancellationToken stoppingToken)
    {
        await using var connection = await source.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notification) => wakeUps.Raise(notification.Channel);
        await using (var listen = new NpgsqlCommand(string.Join("; ", WakeUps.Channels.Select(channel => "LISTEN " + channel)), connection))
        {
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        // What was said while nobody listened.
        foreach (var channel in WakeUps.Channels)
        {
            wakeUps.Raise(channel);
        }

        while (true)
        {
            await connection.WaitAsync(stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications of the database are not heard ({Problem}); work is found by polling meanwhile, next attempt in {Pause}")]
    private partial void LogLost(string problem, TimeSpan pause);
}
