using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Packit.Http;

namespace Packit.FedoraMessaging;

/// <summary>
/// Reads back what was sent while nobody listened, into the same sink, beside the live stream. The position moves on with the live stream
/// only while nothing is missing, so that a gap is not forgotten when the process ends in the middle of it.
/// </summary>
/// <param name="datagrepper">Where messages are remembered.</param>
/// <param name="sink">Where messages go; what is there already is recognised by it.</param>
/// <param name="position">Up to when everything is stored.</param>
/// <param name="settings">How far back, how often.</param>
/// <param name="status">Is told how it goes.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told about gaps.</param>
public sealed partial class GapReader(
    DatagrepperClient datagrepper,
    IMessageSink sink,
    IMessagePosition position,
    GapSettings settings,
    ListenerStatus status,
    TimeProvider time,
    ILogger<GapReader> log)
{
    // Not one long search: what is done stays done, and the pages of one search stay few.
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly TimeSpan NotingInterval = TimeSpan.FromSeconds(30);

    // Only the newest connection matters: its read-back covers those before it.
    private readonly Channel<DateTimeOffset> _opened =
        Channel.CreateBounded<DateTimeOffset>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private int _connections;
    private int _readBack;
    private DateTimeOffset _notedAt;

    /// <summary>Whether nothing is missing: everything up to the last connection was read back.</summary>
    public bool IsComplete => Volatile.Read(ref _readBack) == Volatile.Read(ref _connections);

    /// <summary>A connection was made, or the store is there again: what was sent before is to be read back.</summary>
    /// <param name="at">From when on the live stream has everything.</param>
    public void Open(DateTimeOffset at)
    {
        Interlocked.Increment(ref _connections);
        _opened.Writer.TryWrite(at);
    }

    /// <summary>The live stream stored messages up to this time.</summary>
    public async Task SeenAsync(DateTimeOffset newest, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!IsComplete || now - _notedAt < NotingInterval)
        {
            return;
        }

        _notedAt = now;
        try
        {
            await position.AdvanceAsync(newest, cancellationToken);
        }
        catch (MessageStoreException away)
        {
            // An older position costs a longer read-back, no message.
            LogNotNoted(away.Message);
        }
    }

    /// <summary>Reads back after every <see cref="Open"/>, until it is cancelled. Failures are tried again and never end it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var connected = await _opened.Reader.ReadAsync(cancellationToken);
                var connection = Volatile.Read(ref _connections);
                await InsistAsync(() => ReadToNowAsync(cancellationToken), cancellationToken);
                Volatile.Write(ref _readBack, connection);
                if (await ConnectedOnAsync(connected + settings.Delay - time.GetUtcNow(), cancellationToken))
                {
                    await InsistAsync(
                        () => ReadAsync(connected - settings.Overlap, connected + settings.Delay, noting: false, cancellationToken), cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    /// <summary>Asks datagrepper again and again, where there is no broker to listen to.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await InsistAsync(() => ReadToNowAsync(cancellationToken), cancellationToken);
                status.Is(ListenerState.Polling, null);
                await Task.Delay(settings.PollInterval, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            status.Is(ListenerState.Stopped, null);
        }
    }

    /// <summary>Waits until datagrepper has surely seen what was sent around the time of connecting.</summary>
    /// <returns>False when another connection was made meanwhile, whose own read-back covers it.</returns>
    private async Task<bool> ConnectedOnAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _opened.Reader.WaitToReadAsync(either.Token);
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task InsistAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        var pause = new GrowingPause(settings.FirstPause, settings.LongestPause);
        while (true)
        {
            try
            {
                await read();
                status.Missing(null, null);
                return;
            }
            catch (Exception away) when (away is RemoteException or MessageStoreException)
            {
                var wait = Wait(pause.Next(), (away as RemoteException)?.RetryAfter);
                status.Missing(status.Current.MissingFrom, away.Message);
                LogFailed(away.Message, wait);
                await Task.Delay(wait, time, cancellationToken);
            }
            catch (Exception bug) when (bug is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                status.Missing(status.Current.MissingFrom, "Reading back failed because of a bug; the log has the details.");
                LogBug(bug);
                await Task.Delay(settings.LongestPause, time, cancellationToken);
            }
        }
    }

    // Who asks for time gets it, within reason; who asks for none is not asked more often for that.
    private TimeSpan Wait(TimeSpan own, TimeSpan? asked)
    {
        var longer = asked > own ? asked.Value : own;
        return longer < settings.LongestPause ? longer : settings.LongestPause;
    }

    private async Task ReadToNowAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await position.ReadAsync(cancellationToken) is not { } complete)
        {
            LogFirstStart();
            await position.AdvanceAsync(now, cancellationToken);
            return;
        }

        // A clock that was ahead once must not switch reading back off until the time it showed has come.
        var from = (complete < now ? complete : now) - settings.Overlap;
        if (now - from > settings.LongestGap)
        {
            LogTooLong(complete, now - settings.LongestGap);
            from = now - settings.LongestGap;
        }

        status.Missing(complete, status.Current.ReadBackProblem);
        await ReadAsync(from, now, noting: true, cancellationToken);
    }

    private async Task ReadAsync(DateTimeOffset from, DateTimeOffset until, bool noting, CancellationToken cancellationToken)
    {
        var count = 0;
        for (var start = from; start < until; start += Window)
        {
            var end = start + Window < until ? start + Window : until;
            await foreach (var page in datagrepper.SearchAsync(settings.Topics, start, end, cancellationToken))
            {
                if (page.Count > 0)
                {
                    await sink.StoreAsync(page, cancellationToken);
                    count += page.Count;
                }
            }

            if (noting)
            {
                await position.AdvanceAsync(end, cancellationToken);
            }
        }

        LogRead(count, from, until);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "First start of this queue: messages are taken from now on")]
    private partial void LogFirstStart();

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} messages of {From:u} to {Until:u} were read back; those that were known are dropped")]
    private partial void LogRead(int count, DateTimeOffset from, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "The gap since {From:u} is longer than is read back: messages before {Start:u} are not taken in. Raise Messaging:LongestGap and restart to read them")]
    private partial void LogTooLong(DateTimeOffset from, DateTimeOffset start);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was missed cannot be read back now ({Problem}); next attempt in {Pause}")]
    private partial void LogFailed(string problem, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading back failed because of a bug")]
    private partial void LogBug(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The position in the stream of messages could not be stored: {Problem}")]
    private partial void LogNotNoted(string problem);
}
