using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Intake;

/// <summary>Thousands of deliveries that concern nobody, and the few among them that do.</summary>
public sealed class GlanceTests(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_concerns_nobody_is_finished_without_being_read(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        var reader = new Reader(delivery => delivery.DeliveryId.StartsWith("ours", StringComparison.Ordinal) ? null : new DeliveryOutcome.Handled("Nobody's."));
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages());
        await StoreAsync(node, [.. Enumerable.Range(0, 1500).Select(i => i % 100 == 50 ? $"ours-{i}" : $"other-{i}")]);

        await using var worker = await TestNode.StartAsync(database, parts => parts.Reader(reader));
        await SettledAsync(node, 1500);

        Assert.Equal(15, reader.Read.Count);
        Assert.All(reader.Read, id => Assert.StartsWith("ours", id, StringComparison.Ordinal));
        await using var db = node.Databases.Create();
        Assert.Equal(1485, await db.Deliveries.CountAsync(row => row.Outcome == "Nobody's." && row.ClaimedBy == null && row.HandledAt != null));
    }

    [Fact]
    public async Task Two_processes_share_a_flood_and_nothing_is_read_twice()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        var reader = new Reader(delivery => delivery.DeliveryId[^1] == '7' ? null : new DeliveryOutcome.Handled("Nobody's."));
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages());
        await StoreAsync(node, [.. Enumerable.Range(0, 2000).Select(i => $"{i}")]);

        await using var one = await TestNode.StartAsync(database, parts => parts.Reader(reader));
        await using var other = await TestNode.StartAsync(database, parts => parts.Reader(reader));
        await SettledAsync(node, 2000);

        Assert.Equal(200, reader.Read.Count);
        Assert.Equal(200, reader.Read.Distinct().Count());
        await using var db = node.Databases.Create();
        Assert.Equal(1, await db.Deliveries.MaxAsync(row => row.Attempts));
    }

    [Fact]
    public async Task A_slow_remote_does_not_hold_up_what_concerns_nobody()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        var release = new TaskCompletionSource();
        var reader = new Reader(
            delivery => delivery.DeliveryId.StartsWith("slow", StringComparison.Ordinal) ? null : new DeliveryOutcome.Handled("Nobody's."), release.Task);
        await using var node = await TestNode.StartAsync(
            database, parts => parts.Messages().Reader(reader), ("Inbox:Parallelism", "4"), ("Inbox:PollInterval", "00:00:00.05"));
        await StoreAsync(node, [.. Enumerable.Range(0, 5).Select(i => $"slow-{i}")]);
        await Eventually.Is("four are read", () => reader.Read.Count == 4);

        await StoreAsync(node, [.. Enumerable.Range(0, 500).Select(i => $"other-{i}")]);

        await SettledAsync(node, 500);
        release.SetResult();
        await SettledAsync(node, 505);
    }

    [Fact]
    public async Task A_glance_that_throws_leaves_the_delivery_to_be_read()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        var reader = new Reader(delivery => delivery.DeliveryId == "bad" ? throw new FormatException("comma") : new DeliveryOutcome.Rejected("Not JSON."));
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages().Reader(reader));

        await StoreAsync(node, ["bad", "good"]);
        await SettledAsync(node, 2);

        Assert.Equal(["bad"], reader.Read);
        await using var db = node.Databases.Create();
        Assert.Equal(DeliveryState.Rejected, (await db.Deliveries.SingleAsync(row => row.DeliveryId == "good")).State);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Large_bodies_are_claimed_a_few_at_a_time(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages(), ("Inbox:StoreTimeout", "00:00:20"));
        foreach (var id in Enumerable.Range(0, 12))
        {
            await node.Messages.StoreAsync([new($"{id}", "a.b", null, null, null, new byte[4_000_000])], CancellationToken.None);
        }

        await using var services = TestClaims.Open(database);
        var claimed = await services.Claims.ClaimAsync(100, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddMinutes(1), CancellationToken.None);

        Assert.Equal(["0", "1", "2", "3"], claimed.Select(delivery => delivery.DeliveryId));
    }

    private static Task StoreAsync(TestNode node, IReadOnlyList<string> ids) =>
        node.Messages.StoreAsync([.. ids.Select(id => new BusMessage(id, "a.b", null, null, null, "{}"u8.ToArray()))], CancellationToken.None);

    private static Task SettledAsync(TestNode node, int count) => Eventually.Is($"{count} settled", async () =>
    {
        await using var db = node.Databases.Create();
        return await db.Deliveries.CountAsync(row => row.State != DeliveryState.Received) == count;
    });

    private sealed class Reader(Func<InboxDelivery, DeliveryOutcome?> glance, Task? until = null) : IDeliveryReader
    {
        public ConcurrentQueue<string> Read { get; } = [];

        public DeliveryOutcome? Glance(InboxDelivery delivery) => glance(delivery);

        public async Task<DeliveryOutcome> ReadAsync(InboxDelivery delivery, CancellationToken cancellationToken)
        {
            Read.Enqueue(delivery.DeliveryId);
            await (until ?? Task.CompletedTask).WaitAsync(cancellationToken);
            return new DeliveryOutcome.Handled("read");
        }
    }
}
