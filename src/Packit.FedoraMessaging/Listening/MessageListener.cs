using Microsoft.Extensions.Logging;

namespace Packit.FedoraMessaging;

/// <summary>
/// Brings every message of the queue into the sink: acknowledged only after it is stored, given back while the store is away, connected
/// again for as long as it runs. A gap is read back whenever a connection was made or the store was away.
/// </summary>
/// <param name="settings">Broker, queue and topics.</param>
/// <param name="sink">Where messages go.</param>
/// <param name="readBack">Reads what was missed; null when nothing can be read back.</param>
/// <param name="status">Is told how it goes.</param>
/// <param name="time">The clock for pauses.</param>
/// <param name="log">Told about connections and refusals.</param>
public sealed partial class MessageListener(
    BrokerSettings settings, IMessageSink sink, GapReader? readBack, ListenerStatus status, TimeProvider time, ILogger<MessageListener> log)
{
    /// <summary>Runs until it is cancelled. Failures of broker, network and store never end it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readingBack = readBack?.RunAsync(end.Token) ?? Task.CompletedTask;
        try
        {
            await ConnectAgainAndAgainAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop.
        }
        finally
        {
            await end.CancelAsync();
            await readingBack;
            status.Is(ListenerState.Stopped, null);
        }
    }

    private async Task ConnectAgainAndAgainAsync(CancellationToken cancellationToken)
    {
        var pause = new GrowingPause(settings.FirstPause, settings.LongestPause);
        while (true)
        {
            WarnOfExpiry();
            var begun = time.GetTimestamp();
            var problem = await ListenAsync(cancellationToken);
            status.Is(ListenerState.Disconnected, problem);
            if (time.GetElapsedTime(begun) > settings.LongestPause)
            {
                pause.Reset();
            }

            var wait = pause.Next();
            LogDisconnected(problem, wait);
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>One connection, from its beginning to its end.</summary>
    /// <returns>Why it ended or could not be made.</returns>
    private async Task<string> ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await QueueSession.OpenAsync(settings, cancellationToken);
            // Only now: what is sent from here on is in the queue.
            readBack?.Open(time.GetUtcNow());
            status.Is(ListenerState.Connected, null);
            LogConnected(settings.Url.Host, settings.Queue, settings.Topics.Count);
            await PumpAsync(session, cancellationToken);
            return "";
        }
        catch (BrokerException ended)
        {
            return ended.Message;
        }
        catch (Exception bug) when (bug is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Unexpected, and no reason to lose what comes: the next connection begins afresh.
            LogBug(bug);
            return "The listener failed because of a bug; the log has the details.";
        }
    }

    private async Task PumpAsync(QueueSession session, CancellationToken cancellationToken)
    {
        var pause = new GrowingPause(settings.FirstPause, settings.LongestPause);
        var wasAway = false;
        while (true)
        {
            var batch = await session.ReadAsync(cancellationToken);
            try
            {
                await sink.StoreAsync([.. batch.Select(arrival => arrival.Message)], cancellationToken);
            }
            catch (MessageStoreException away)
            {
                var wait = pause.Next();
                wasAway = true;
                status.NotStored(away.Message);
                LogNotStored(batch.Count, away.Message, wait);
                await session.GiveBackAsync(batch, cancellationToken);
                await Task.Delay(wait, time, cancellationToken);
                continue;
            }

            pause.Reset();
            status.Stored();
            if (wasAway)
            {
                // A broker drops what is too much for a queue, or was given back too often, and says nothing.
                readBack?.Open(time.GetUtcNow());
                wasAway = false;
            }

            await session.AcknowledgeAsync(batch, cancellationToken);
            if (readBack is not null)
            {
                await readBack.SeenAsync(Newest(batch), cancellationToken);
            }
        }
    }

    // Whoever lies about the time must not make us believe that we have seen the future.
    private DateTimeOffset Newest(IReadOnlyList<Arrival> batch)
    {
        var now = time.GetUtcNow();
        var newest = batch.Max(arrival => arrival.Message.SentAt ?? DateTimeOffset.MinValue);
        return newest < now ? newest : now;
    }

    private void WarnOfExpiry()
    {
        status.CertificatesExpire(BrokerCertificates.Expiry(settings));
        if (status.Current.CertificateWarning(time.GetUtcNow()) is { } warning)
        {
            LogExpiry(warning);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening to {Broker}, queue {Queue}, {Topics} topics")]
    private partial void LogConnected(string broker, string queue, int topics);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem} Next attempt in {Pause}")]
    private partial void LogDisconnected(string problem, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages could not be stored and go back to the broker ({Problem}); next attempt in {Pause}")]
    private partial void LogNotStored(int count, string problem, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Listening failed because of a bug")]
    private partial void LogBug(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void LogExpiry(string warning);
}
