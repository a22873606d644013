using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace Packit.Sandbox.Bus;

/// <summary>
/// Forwards the world's messages to a broker, with the properties and headers of fedora-messaging. Each is confirmed by the broker
/// before the next goes out; while the broker is away they wait, since the bus hands over again what was not taken.
/// </summary>
internal sealed class BrokerBridge : IAsyncDisposable
{
    private readonly BrokerOptions _options;
    private readonly IAsyncDisposable _subscription;
    private IConnection? _connection;
    private IChannel? _channel;

    public BrokerBridge(MessageBus bus, BrokerOptions options)
    {
        _options = options;
        _subscription = bus.Subscribe(ForwardAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _subscription.DisposeAsync();
        await CloseAsync();
    }

    private async Task ForwardAsync(BusMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var channel = await ChannelAsync(cancellationToken);
            await channel.BasicPublishAsync(
                _options.Exchange, message.Topic, mandatory: false, Properties(message), Encoding.UTF8.GetBytes(message.Body), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next attempt begins with a new connection.
            await CloseAsync();
            throw;
        }
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
        {
            return open;
        }

        await CloseAsync();
        var factory = new ConnectionFactory { Uri = _options.Address, AutomaticRecoveryEnabled = false, ClientProvidedName = "packit-sandbox" };
        _connection = await factory.CreateConnectionAsync(cancellationToken);
        _channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        return _channel;
    }

    private async Task CloseAsync()
    {
        var (channel, connection) = (_channel, _connection);
        (_channel, _connection) = (null, null);
        if (channel is not null)
        {
            await channel.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private static BasicProperties Properties(BusMessage message)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            ContentEncoding = "utf-8",
            DeliveryMode = DeliveryModes.Persistent,
            MessageId = message.Id,
            Headers = message.Headers().ToDictionary(
                pair => pair.Key,
                pair => pair.Value!.GetValueKind() switch
                {
                    JsonValueKind.Number => (object?)pair.Value.GetValue<int>(),
                    JsonValueKind.True => true,
                    _ => pair.Value.GetValue<string>(),
                }),
        };
        if (message.Priority > 0)
        {
            properties.Priority = (byte)message.Priority;
        }

        return properties;
    }
}
