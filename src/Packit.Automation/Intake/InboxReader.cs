using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>
/// Reads stored deliveries, several at a time, in any number of processes. It is woken when deliveries are stored and looks for itself
/// now and then. Stopping lets readings end, and gives back what does not end in time.
/// </summary>
public sealed partial class InboxReader : BackgroundService
{
    private readonly InboxClaims _claims;
    private readonly DeliveryReading _reading;
    private readonly WakeUps _wakeUps;
    private readonly InboxOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<InboxReader> _log;
    private readonly ConcurrentDictionary<long, Unit> _running = new();
    private readonly SemaphoreSlim _wake = new(1, 1);

    internal InboxReader(
        Database database, WakeUps wakeUps, IServiceScopeFactory scopes, IOptions<InboxOptions> options, TimeProvider time, ILogger<InboxReader> log)
    {
        _claims = new InboxClaims(database, $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");
        _reading = new DeliveryReading(_claims, scopes, options.Value, time, log);
        _wakeUps = wakeUps;
        _options = options.Value;
        _time = time;
        _log = log;
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var cutOff = new CancellationTokenSource();
        using var subscription = _wakeUps.Subscribe(WakeUps.Inbox, Wake);
        var renewing = RenewAsync(cutOff.Token);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await TakeUpAsync(stoppingToken, cutOff.Token))
            {
                await WaitAsync(stoppingToken);
            }
        }

        cutOff.CancelAfter(_options.StopGrace);
        while (!_running.IsEmpty)
        {
            // The end of each reading wakes.
            await _wake.WaitAsync(CancellationToken.None);
        }

        await cutOff.CancelAsync();
        await renewing;
    }

    /// <summary>Claims what there are free places for and starts reading it.</summary>
    /// <returns>Whether there may be more to claim at once.</returns>
    private async Task<bool> TakeUpAsync(CancellationToken stoppingToken, CancellationToken cutOff)
    {
        var free = _options.Parallelism - _running.Count;
        if (free <= 0)
        {
            return false;
        }

        try
        {
            var now = _time.GetUtcNow();
            // Not cancelled: a claim that was made must be known here, else it would stay until its lease ends.
            var claimed = await _claims.ClaimAsync(free, now, now + _options.Lease, CancellationToken.None);
            foreach (var id in claimed)
            {
                // A row that is still being read here was lost for a moment (the lease ended during an outage) and is ours again.
                if (_running.TryAdd(id, default))
                {
                    _ = Task.Run(() => RunAsync(id, cutOff), CancellationToken.None);
                }
            }

            return claimed.Count == free && !stoppingToken.IsCancellationRequested;
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException)
        {
            LogAway(e.Message, _options.PollInterval);
            return false;
        }
    }

    private async Task RunAsync(long id, CancellationToken cutOff)
    {
        try
        {
            await _reading.ReadAsync(id, cutOff);
        }
        catch (OperationCanceledException) when (cutOff.IsCancellationRequested)
        {
            LogGivenBack(id);
        }
        catch (Exception e)
        {
            // The outcome could not be stored: the lease ends and somebody reads it again.
            LogNotStored(e, id);
        }
        finally
        {
            _running.TryRemove(id, out _);
            Wake();
        }
    }

    private async Task RenewAsync(CancellationToken cutOff)
    {
        using var timer = new PeriodicTimer(_options.Lease / 3, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cutOff))
            {
                try
                {
                    if (_running.Keys is { Count: > 0 } ids)
                    {
                        await _claims.RenewAsync([.. ids], _time.GetUtcNow() + _options.Lease, cutOff);
                    }
                }
                catch (Exception e) when (e is DbException or IOException or TimeoutException)
                {
                    LogAway(e.Message, _options.Lease / 3);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The last reading has ended.
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        // Two waits on one clock: the semaphore itself knows no TimeProvider.
        using var poll = new CancellationTokenSource(_options.PollInterval, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, stoppingToken);
        await _wake.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has woken the reader already.
        }
    }

    private readonly record struct Unit;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The inbox cannot be read ({Problem}); next attempt in {Pause}")]
    private partial void LogAway(string problem, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery row {Id} was given back because the process stops")]
    private partial void LogGivenBack(long id);

    [LoggerMessage(Level = LogLevel.Error, Message = "What came of delivery row {Id} could not be stored; it will be read again")]
    private partial void LogNotStored(Exception exception, long id);
}
