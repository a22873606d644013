using System.Data.Common;
using Microsoft.Extensions.Options;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;

namespace Packit.Automation.Intake;

/// <summary>
/// The door for messages of Fedora's bus. What has arrived together is written in one durable transaction; a message that was there before
/// is recognised by its id.
/// </summary>
internal sealed class MessageInbox(IInboxWriter writer, WakeUps wakeUps, TimeProvider time, IOptions<InboxOptions> options) : IMessageSink, IAsyncDisposable
{
    private const int BatchLength = 256;

    // What one statement takes in time, whatever strangers send: a batch that is too slow would come back, and be too slow again.
    private const long BatchBytes = 4 << 20;

    // The live stream and the read-back come at the same time; the writer knows one caller.
    private readonly SemaphoreSlim _writing = new(1, 1);

    public async Task StoreAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            foreach (var batch in Batches(messages))
            {
                // What is being written is not cut off: it would be there, and come again.
                using var deadline = new CancellationTokenSource(options.Value.StoreTimeout, time);
                await writer.WriteAsync(Rows(batch), deadline.Token);
                wakeUps.Raise(WakeUps.Inbox);
            }
        }
        catch (Exception away) when (away is DbException or OperationCanceledException or TimeoutException or IOException)
        {
            throw new MessageStoreException($"The database does not take messages in: {away.GetBaseException().Message}", away);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        _writing.Dispose();
    }

    private static IEnumerable<IReadOnlyList<BusMessage>> Batches(IReadOnlyList<BusMessage> messages)
    {
        var batch = new List<BusMessage>();
        long bytes = 0;
        foreach (var message in messages)
        {
            if (batch.Count == BatchLength || (batch.Count > 0 && bytes + message.Body.Length > BatchBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(message);
            bytes += message.Body.Length;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private List<PendingDelivery> Rows(IReadOnlyList<BusMessage> messages)
    {
        var now = time.GetUtcNow();
        return
        [
            .. messages.Select(message => new PendingDelivery(
                new IncomingDelivery(DeliverySource.FedoraMessaging, message.Id, message.Topic, message.Body) { Rejection = message.Problem }, now)),
        ];
    }
}
