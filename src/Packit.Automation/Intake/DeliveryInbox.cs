using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>
/// The door of the service: a delivery that it calls stored is on the database's disk. While one transaction is being written the next
/// deliveries gather, and all of them go into the next one, so that many senders share the price of one durable commit.
/// </summary>
public sealed partial class DeliveryInbox : BackgroundService
{
    private const int BatchLength = 256;
    private const long BatchBytes = 16 << 20;

    private readonly IInboxWriter _writer;
    private readonly Database _database;
    private readonly WakeUps _wakeUps;
    private readonly TimeProvider _time;
    private readonly InboxOptions _options;
    private readonly ILogger<DeliveryInbox> _log;
    private readonly Channel<PendingDelivery> _queue;
    private long _queuedBytes;
    private bool _writable = true;

    internal DeliveryInbox(
        IInboxWriter writer, Database database, WakeUps wakeUps, TimeProvider time, IOptions<InboxOptions> options, ILogger<DeliveryInbox> log)
    {
        _writer = writer;
        _database = database;
        _wakeUps = wakeUps;
        _time = time;
        _options = options.Value;
        _log = log;
        _queue = Channel.CreateBounded<PendingDelivery>(new BoundedChannelOptions(_options.QueueLength) { SingleReader = true });
    }

    /// <summary>Stores a delivery durably. Answers within <see cref="InboxOptions.StoreTimeout"/>, whatever the database does.</summary>
    /// <exception cref="ArgumentException">Id or event type cannot be stored (<see cref="IncomingDelivery.IsValidName"/>).</exception>
    public async Task<StoreOutcome> StoreAsync(IncomingDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (!IncomingDelivery.IsValidName(delivery.DeliveryId) || !IncomingDelivery.IsValidName(delivery.EventType))
        {
            delivery.BodyOwner?.Dispose();
            throw new ArgumentException("Delivery id and event type must be 1 to 200 printable ASCII characters.", nameof(delivery));
        }

        var pending = new PendingDelivery(delivery, _time.GetUtcNow());
        if (Interlocked.Add(ref _queuedBytes, delivery.Body.Length) > _options.QueueBytes || !_queue.Writer.TryWrite(pending))
        {
            Finish(pending, StoreOutcome.Unavailable);
            return StoreOutcome.Unavailable;
        }

        try
        {
            return await pending.OutcomeWithin(_options.StoreTimeout, _time);
        }
        catch (TimeoutException)
        {
            pending.GiveUp();
            return StoreOutcome.Unavailable;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Stopping closes the door, but what has come through it is still written.
        await using var stop = stoppingToken.Register(() => _queue.Writer.TryComplete());
        var batch = new List<PendingDelivery>(BatchLength);
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            Gather(batch);
            if (batch.Count > 0)
            {
                await WriteAsync(batch);
                batch.Clear();
            }
        }

        await _writer.DisposeAsync();
    }

    private void Gather(List<PendingDelivery> batch)
    {
        long bytes = 0;
        while (batch.Count < BatchLength && bytes < BatchBytes && _queue.Reader.TryRead(out var pending))
        {
            if (pending.TryTake())
            {
                batch.Add(pending);
                bytes += pending.Delivery.Body.Length;
            }
            else
            {
                Finish(pending, StoreOutcome.Unavailable);
            }
        }
    }

    private async Task WriteAsync(List<PendingDelivery> batch)
    {
        using var deadline = new CancellationTokenSource(_options.StoreTimeout, _time);
        try
        {
            var isNew = await _writer.WriteAsync(batch, deadline.Token);
            await RetryAsync([.. batch.Where((_, i) => !isNew[i])], deadline.Token);
            for (var i = 0; i < batch.Count; i++)
            {
                Finish(batch[i], isNew[i] ? StoreOutcome.Stored : StoreOutcome.Repeated);
            }

            _wakeUps.Raise(WakeUps.Inbox);
            if (!_writable)
            {
                _writable = true;
                LogWritable();
            }
        }
        catch (Exception e) when (e is DbException or OperationCanceledException or TimeoutException or IOException)
        {
            Refuse(batch);
            if (_writable)
            {
                _writable = false;
                LogNotWritable(e.GetBaseException().Message);
            }
        }
        catch (Exception e)
        {
            // A bug must not stop the writer: the senders are told, and the next batch is tried.
            Refuse(batch);
            LogBug(e);
        }
    }

    private async Task RetryAsync(IReadOnlyList<PendingDelivery> repeated, CancellationToken cancellationToken)
    {
        var ids = repeated.Where(pending => pending.Delivery.Source == DeliverySource.GitHub).Select(pending => pending.Delivery.DeliveryId).ToArray();
        if (ids.Length > 0)
        {
            await using var database = _database.Create();
            await Rereading.RetryAsync(database, ids, _time.GetUtcNow(), cancellationToken);
        }
    }

    private void Refuse(List<PendingDelivery> batch)
    {
        foreach (var pending in batch)
        {
            Finish(pending, StoreOutcome.Unavailable);
        }
    }

    private void Finish(PendingDelivery pending, StoreOutcome outcome)
    {
        Interlocked.Add(ref _queuedBytes, -pending.Delivery.Body.Length);
        pending.Complete(outcome);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries cannot be stored ({Problem}); senders are asked to come again until the database answers")]
    private partial void LogNotWritable(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Deliveries are stored again")]
    private partial void LogWritable();

    [LoggerMessage(Level = LogLevel.Critical, Message = "A batch of deliveries could not be stored because of a bug")]
    private partial void LogBug(Exception exception);
}
