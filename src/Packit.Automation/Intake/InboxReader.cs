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
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly InboxClaims _claims;
    private readonly DeliveryReading _reading;
    private readonly WakeUps _wakeUps;
    private readonly InboxOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<InboxReader> _log;
    private readonly ConcurrentDictionary<long, Unit> _held = new();
    private readonly Queue<ClaimedDelivery> _waiting = new();
    private readonly SemaphoreSlim _wake = new(1, 1);
    private int _readings;

    // How many may wait beside those that are read: more while all of them are read in no time, so that a claim is worth its statement.
    private int _ahead;
    private long _claimedAt;
    private bool _claimedAll;

    // How many are claimed at least; 0 for as many as there is room for.
    private int _batch;

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
            StartWaiting(cutOff.Token);
            if (!await TakeUpAsync(stoppingToken, cutOff.Token))
            {
                await WaitAsync(stoppingToken);
            }
        }

        cutOff.CancelAfter(_options.StopGrace);
        await GiveBackAsync([.. _waiting.Select(delivery => delivery.Row)]);
        while (!_held.IsEmpty)
        {
            // The end of each reading wakes.
            await _wake.WaitAsync(CancellationToken.None);
        }

        await cutOff.CancelAsync();
        await renewing;
    }

    /// <summary>Claims a batch, finishes what concerns nobody, and starts reading the rest.</summary>
    /// <returns>Whether there may be more to claim at once.</returns>
    private async Task<bool> TakeUpAsync(CancellationToken stoppingToken, CancellationToken cutOff)
    {
        // Beside those that are read others may wait, so that what can be decided at a glance need not wait behind a slow remote.
        if (_waiting.Count > (_options.Parallelism - 1) / 2)
        {
            return false;
        }

        var ahead = NextAhead();
        var room = _options.Parallelism + ahead - _held.Count;
        if (room <= _options.Parallelism / 2)
        {
            return false;
        }

        (_ahead, _claimedAt) = (ahead, _time.GetTimestamp());

        try
        {
            var most = Math.Max(_batch, room);
            var now = _time.GetUtcNow();
            // Not cancelled: a claim that was made must be known here, else it would stay until its lease ends.
            var claimed = await _claims.ClaimAsync(most, now, now + _options.Lease, CancellationToken.None);
            // A row that is still being read here was lost for a moment (the lease ended during an outage) and is ours again.
            var held = claimed.Where(delivery => _held.TryAdd(delivery.Id, default)).ToList();
            var toRead = await GlanceAsync(held);
            foreach (var delivery in toRead.Take(room))
            {
                _waiting.Enqueue(delivery);
            }

            StartWaiting(cutOff);
            await GiveBackAsync([.. toRead.Skip(room).Select(delivery => delivery.Row)]);
            _batch = NextBatch(most, claimed.Count, toRead.Count);
            _claimedAll = claimed.Count == most;
            return claimed.Count == most && toRead.Count <= room && !stoppingToken.IsCancellationRequested;
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException)
        {
            LogAway(e.Message, _options.PollInterval);
            return false;
        }
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> GlanceAsync(IReadOnlyList<InboxDelivery> claimed)
    {
        IReadOnlyList<ClaimedDelivery> toRead = [];
        try
        {
            toRead = await _reading.FinishAtAGlanceAsync(claimed);
            return toRead;
        }
        finally
        {
            // When that failed, their lease ends and somebody looks at them again.
            foreach (var done in claimed.Except(toRead.Select(delivery => delivery.Row)))
            {
                _held.TryRemove(done.Id, out _);
            }
        }
    }

    // What waits here waits for this process alone, and a webhook waits behind it: no more than is read in a moment.
    private int NextAhead()
    {
        var since = _time.GetElapsedTime(_claimedAt);
        return since > Moment || _ahead == 0 ? _options.Parallelism
            : _claimedAll && since < Moment / 4 ? Math.Min(_ahead * 2, _options.Parallelism * 8)
            : _ahead;
    }

    // Large where most concerns nobody, small where most has to be read: that is for other processes too.
    private int NextBatch(int most, int claimed, int toRead) =>
        toRead > most / 4 ? 0
        : claimed == most ? Math.Min(most * 4, _options.BatchLength)
        : most;

    private void StartWaiting(CancellationToken cutOff)
    {
        while (Volatile.Read(ref _readings) < _options.Parallelism && _waiting.TryDequeue(out var delivery))
        {
            Interlocked.Increment(ref _readings);
            _ = Task.Run(() => RunAsync(delivery, cutOff), CancellationToken.None);
        }
    }

    private async Task GiveBackAsync(IReadOnlyList<InboxDelivery> deliveries)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        var ids = deliveries.Select(delivery => delivery.Id).ToArray();
        Array.ForEach(ids, id => _held.TryRemove(id, out _));
        try
        {
            await _claims.ReleaseAsync(ids, CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException)
        {
            LogAway(e.Message, _options.Lease);
        }
    }

    private async Task RunAsync(ClaimedDelivery delivery, CancellationToken cutOff)
    {
        try
        {
            await _reading.StoreAsync(delivery.Row, await ReadAsync(delivery, cutOff));
        }
        catch (OperationCanceledException) when (cutOff.IsCancellationRequested)
        {
            LogGivenBack(delivery.Row.Id);
        }
        catch (Exception e)
        {
            // The outcome could not be stored: the lease ends and somebody reads it again.
            LogNotStored(e, delivery.Row.Id);
        }
        finally
        {
            _held.TryRemove(delivery.Row.Id, out _);
            Wake();
        }
    }

    // The next one need not wait until what came of this one is on the disk: outcomes gather there and are stored together.
    private async Task<DeliveryOutcome> ReadAsync(ClaimedDelivery delivery, CancellationToken cutOff)
    {
        try
        {
            return await _reading.ReadAsync(delivery, cutOff);
        }
        finally
        {
            Interlocked.Decrement(ref _readings);
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
                    if (_held.Keys is { Count: > 0 } ids)
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
