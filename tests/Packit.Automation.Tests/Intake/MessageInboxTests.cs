using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Intake;

public sealed class MessageInboxTests(PostgresServer server)
{
    private const string Topic = "org.fedoraproject.prod.buildsys.tag";

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Messages_are_stored_once_however_often_they_come(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages());

        await node.Messages.StoreAsync([Message("1"), Message("2"), Message("1")], CancellationToken.None);
        await node.Messages.StoreAsync([Message("2"), Message("3")], CancellationToken.None);

        await using var db = node.Databases.Create();
        var rows = await db.Deliveries.AsNoTracking().OrderBy(row => row.DeliveryId).ToListAsync();
        Assert.Equal(["1", "2", "3"], rows.Select(row => row.DeliveryId));
        Assert.All(rows, row => Assert.Equal(
            (DeliverySource.FedoraMessaging, Topic, DeliveryState.Received, "{}"),
            (row.Source, row.EventType, row.State, Encoding.UTF8.GetString(row.Body))));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_cannot_be_kept_whole_is_kept_as_rejected_with_the_reason(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages());

        await node.Messages.StoreAsync(
            [Message("huge") with { Body = default, Problem = "The body had 5 MB and was not kept." }, Message("fine")], CancellationToken.None);

        await using var db = node.Databases.Create();
        var row = await db.Deliveries.AsNoTracking().SingleAsync(delivery => delivery.DeliveryId == "huge");
        Assert.Equal((DeliveryState.Rejected, "The body had 5 MB and was not kept.", row.ReceivedAt), (row.State, row.Outcome, row.HandledAt));
        Assert.Equal(DeliveryState.Received, (await db.Deliveries.SingleAsync(delivery => delivery.DeliveryId == "fine")).State);
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_to_the_sender_and_taken_up_again()
    {
        await using var own = new PostgresServer();
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, own);
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages());
        await own.CrashAsync();

        var away = await Assert.ThrowsAsync<MessageStoreException>(() => node.Messages.StoreAsync([Message("1")], CancellationToken.None));
        await own.RestartAsync();
        await Eventually.Is("stored", async () =>
        {
            try
            {
                await node.Messages.StoreAsync([Message("1")], CancellationToken.None);
                return true;
            }
            catch (MessageStoreException)
            {
                return false;
            }
        });

        Assert.Contains("does not take messages in", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_messages_are_not_written_all_at_once_so_that_each_statement_ends_in_time()
    {
        var writer = new SizesOnly();
        await using var inbox = new MessageInbox(writer, new WakeUps(), TimeProvider.System, Options.Create(new InboxOptions()));
        var largest = new byte[BusMessage.MaxBodyBytes];

        await inbox.StoreAsync(
            [Message("small-1"), .. Enumerable.Range(0, 3).Select(i => Message($"large-{i}") with { Body = largest }), Message("small-2")],
            CancellationToken.None);
        await inbox.StoreAsync([.. Enumerable.Range(0, 257).Select(i => Message($"m{i}"))], CancellationToken.None);

        Assert.Equal([1, 1, 1, 1, 1, 256, 1], writer.Counts);
    }

    private sealed class SizesOnly : IInboxWriter
    {
        public List<int> Counts { get; } = [];

        public Task<bool[]> WriteAsync(IReadOnlyList<PendingDelivery> batch, CancellationToken cancellationToken)
        {
            Counts.Add(batch.Count);
            return Task.FromResult(new bool[batch.Count]);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private static BusMessage Message(string id) => new(id, Topic, null, null, null, "{}"u8.ToArray());
}
