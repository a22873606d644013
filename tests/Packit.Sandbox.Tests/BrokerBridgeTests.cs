using System.Text;
using System.Text.Json.Nodes;
using Packit.Sandbox.Bus;
using Packit.TestSupport;
using RabbitMQ.Client;

namespace Packit.Sandbox.Tests;

/// <summary>The world's messages on a real broker, which is asked for them by hand.</summary>
public sealed class BrokerBridgeTests(RabbitServer rabbit)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_the_broker_with_its_envelope_also_when_the_broker_was_away()
    {
        await rabbit.StartAsync();
        var address = new UriBuilder(rabbit.Plain) { UserName = RabbitServer.User, Password = Uri.EscapeDataString(RabbitServer.Password) }.Uri;
        string queue = Guid.NewGuid().ToString();
        await AskAsync(address, async channel =>
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Ct);
            await channel.QueueBindAsync(queue, "amq.topic", "org.fedoraproject.prod.bodhi.#", cancellationToken: Ct);
            return true;
        });
        string folder = Path.Combine(Path.GetTempPath(), "packit-bridge-" + Guid.NewGuid().ToString("N"));
        BusMessage first, second;
        await using (var world = await World.StartAsync(new WorldOptions { Folder = folder, Broker = new BrokerOptions(address) }, Ct))
        {
            first = world.Bus.Publish("bodhi.update.comment", new JsonObject { ["n"] = 1 }, "bodhi.update.comment.v1", users: ["packit"], packages: ["hello"], priority: 2);
            world.Bus.Publish("buildsys.tag", new JsonObject { ["n"] = 2 });
            await world.Bus.QuietAsync(Ct);
            await rabbit.CrashAsync();
            second = world.Bus.Publish("bodhi.update.edit", new JsonObject { ["n"] = 3 });
            Assert.False(world.Bus.IsQuiet);
            await rabbit.RestartAsync();
            await world.Bus.QuietAsync(Ct);
        }

        Directory.Delete(folder, recursive: true);
        var got = await AskAsync(address, async channel => new[] { (await channel.BasicGetAsync(queue, autoAck: true, Ct))!, (await channel.BasicGetAsync(queue, autoAck: true, Ct))! });

        Assert.Equal([first.Id, second.Id], got.Select(one => one.BasicProperties.MessageId));
        Assert.Equal(["org.fedoraproject.prod.bodhi.update.comment", "org.fedoraproject.prod.bodhi.update.edit"], got.Select(one => one.RoutingKey));
        var properties = got[0].BasicProperties;
        Assert.Equal(("application/json", "utf-8", DeliveryModes.Persistent, 2), (properties.ContentType, properties.ContentEncoding, properties.DeliveryMode, properties.Priority));
        Assert.Equal("bodhi.update.comment.v1", Encoding.UTF8.GetString((byte[])properties.Headers!["fedora_messaging_schema"]!));
        Assert.Equal(20, properties.Headers["fedora_messaging_severity"]);
        Assert.Equal(true, properties.Headers["fedora_messaging_rpm_hello"]);
        Assert.Equal("""{"n":1}""", Encoding.UTF8.GetString(got[0].Body.Span));
        Assert.False(got[1].BasicProperties.IsPriorityPresent());
    }

    private static async Task<T> AskAsync<T>(Uri address, Func<IChannel, Task<T>> ask)
    {
        await using var connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync(Ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Ct);
        return await ask(channel);
    }
}
