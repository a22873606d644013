using Packit.FedoraMessaging;
using Packit.Sandbox.Bus;

namespace Packit.Sandbox.Service;

/// <summary>Brings the messages of the bus within the process to the service's door, as its listener would.</summary>
internal static class BusBridge
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Hands over every further message, until the result is disposed of.</summary>
    public static IAsyncDisposable Connect(MessageBus bus, IMessageSink sink) => bus.Subscribe((message, end) => StoreAsync(sink, message, end));

    // A broker would keep the message and bring it again.
    private static async Task StoreAsync(IMessageSink sink, Bus.BusMessage message, CancellationToken end)
    {
        var one = new FedoraMessaging.BusMessage(
            message.Id, message.Topic, message.SentAt, message.Schema, message.Severity, System.Text.Encoding.UTF8.GetBytes(message.Body));
        while (true)
        {
            try
            {
                await sink.StoreAsync([one], end);
                return;
            }
            catch (MessageStoreException)
            {
                await Task.Delay(Pause, TimeProvider.System, end);
            }
        }
    }
}
