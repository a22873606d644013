using System.Text;
using Packit.TestSupport;
using RabbitMQ.Client;

namespace Packit.FedoraMessaging.Tests.Listening;

/// <summary>Another user of the broker, with the same rights.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private readonly IConnection _connection;

    private Publisher(IConnection connection, IChannel channel)
    {
        _connection = connection;
        Channel = channel;
    }

    public IChannel Channel { get; }

    public static async Task<Publisher> ConnectAsync(RabbitServer server)
    {
        var factory = new ConnectionFactory
        {
            HostName = "localhost", Port = server.Plain.Port, VirtualHost = BrokerSettings.PublicVirtualHost,
            UserName = RabbitServer.User, Password = RabbitServer.Password,
        };
        var connection = await factory.CreateConnectionAsync();
        return new Publisher(connection, await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)));
    }

    /// <summary>Publishes as fedora-messaging does; returns when the broker has it on its disk.</summary>
    public async Task SendAsync(string topic, string? id, string body, BasicProperties? properties = null)
    {
        properties ??= new BasicProperties
        {
            ContentType = "application/json",
            ContentEncoding = "utf-8",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?>
            {
                ["fedora_messaging_schema"] = "koji_fedoramessaging.tag.TagV1",
                ["fedora_messaging_severity"] = 20,
                ["sent-at"] = "2026-11-22T06:15:00+00:00",
                ["fedora_messaging_rpm_foo"] = true,
                ["x-received-from"] = new List<object?> { new Dictionary<string, object?> { ["uri"] = "amqp://other" } },
            },
        };
        properties.MessageId = id;
        await Channel.BasicPublishAsync("amq.topic", topic, mandatory: false, properties, Encoding.UTF8.GetBytes(body));
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
