using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.TestSupport;
using RabbitMQ.Client;

namespace Packit.Automation.Tests.Listening;

/// <summary>From a real broker into a real database.</summary>
public sealed class BusListenerTests(RabbitServer rabbit) : IAsyncLifetime
{
    private readonly string _topic = $"test.{Guid.NewGuid():N}";
    private readonly string _passwordFile = Path.GetTempFileName();

    public async ValueTask InitializeAsync()
    {
        await rabbit.StartAsync();
        await File.WriteAllTextAsync(_passwordFile, RabbitServer.Password + "\n");
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_passwordFile);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task While_the_database_is_away_messages_wait_at_the_broker_and_each_is_stored_once()
    {
        await using var postgres = new PostgresServer();
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, postgres);
        await using var node = await TestNode.StartAsync(database, parts => parts.Listener(), Settings());
        await Eventually.Is("connected", () => node.Listener.Current.State == ListenerState.Connected);
        await PublishAsync(0, 100);

        await postgres.CrashAsync();
        await PublishAsync(100, 100);
        await Eventually.Is("told", () => node.Listener.Current.Problem?.Contains("database", StringComparison.Ordinal) == true);
        await postgres.RestartAsync();
        await PublishAsync(200, 100);

        await Eventually.Is("all stored", async () =>
        {
            try
            {
                await using var db = node.Databases.Create();
                return await db.Deliveries.CountAsync() == 300;
            }
            catch (Exception away) when (away is System.Data.Common.DbException or InvalidOperationException)
            {
                return false;
            }
        });
        await using var check = node.Databases.Create();
        Assert.Equal(300, await check.Deliveries.Select(row => row.DeliveryId).Distinct().CountAsync());
    }

    [Theory]
    [InlineData("Messaging:BrokerUrl", "https://example.org", "no address of a broker")]
    [InlineData("Messaging:BrokerUrl", "amqps://fedora:secret@localhost/%2Fpublic_pubsub", "PasswordFile")]
    [InlineData("Messaging:Queue", "packit", "uuidgen")]
    [InlineData("Messaging:PasswordFile", "", "needs a login")]
    [InlineData("Messaging:Topics:0", "bodhi.#", "wildcards")]
    [InlineData("Messaging:DatagrepperUrl", "datagrepper", "no web address")]
    [InlineData("Messaging:BrokerUrl", "", "is needed for the listener")]
    public async Task Settings_that_cannot_work_are_named_at_the_start(string key, string value, string said)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, new PostgresServer());

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TestNode.StartAsync(database, parts => parts.Listener(), [.. Settings().Where(setting => setting.Key != key), (key, value)]));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    private (string Key, string Value)[] Settings() =>
    [
        ("Messaging:BrokerUrl", rabbit.Plain.AbsoluteUri), ("Messaging:Queue", Guid.NewGuid().ToString()), ("Messaging:Topics:0", _topic),
        ("Messaging:User", RabbitServer.User), ("Messaging:PasswordFile", _passwordFile), ("Inbox:StoreTimeout", "00:00:05"),
    ];

    private async Task PublishAsync(int from, int count)
    {
        var factory = new ConnectionFactory
        {
            HostName = "localhost", Port = rabbit.Plain.Port, VirtualHost = "/public_pubsub", UserName = RabbitServer.User, Password = RabbitServer.Password,
        };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        foreach (var i in Enumerable.Range(from, count))
        {
            await channel.BasicPublishAsync(
                "amq.topic", "org.fedoraproject.prod." + _topic, mandatory: true,
                new BasicProperties { MessageId = $"m{i}", DeliveryMode = DeliveryModes.Persistent }, Encoding.UTF8.GetBytes("{}"));
        }
    }
}
