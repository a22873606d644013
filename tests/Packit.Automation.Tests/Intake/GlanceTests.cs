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

    [Fact]
    public async Task Sifting_that_throws_leaves_the_deliveries_to_be_read()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        var reader = new Reader(_ => null, sift: _ => throw new FormatException("comma"));
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages().Reader(reader));

        await StoreAsync(node, ["one", "two"]);
        await SettledAsync(node, 2);

        Assert.Equal(2, reader.Read.Count);
    }

    [Fact]
    public async Task What_is_decided_for_many_together_is_not_read()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        var reader = new Reader(
            _ => null,
            sift: all => [.. all.Select(one => one.Row.DeliveryId == "ours" ? one : one with { Outcome = new DeliveryOutcome.Handled("Somebody else's.") })]);
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages().Reader(reader));

        await StoreAsync(node, ["one", "ours", "two"]);
        await SettledAsync(node, 3);

        Assert.Equal(["ours"], reader.Read);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_webhook_does_not_wait_for_the_thousands_of_messages_that_came_before_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        var begin = new TaskCompletionSource();
        var reader = new Reader(_ => null, begin.Task);
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages().Inbox().Reader(reader), ("Inbox:StoreTimeout", "00:00:20"));
        await StoreAsync(node, [.. Enumerable.Range(0, 3000).Select(i => $"message-{i}")]);
        await Eventually.Is("the messages are being read", () => reader.Read.Count == 8);

        Assert.Equal(StoreOutcome.Stored, await node.Inbox.StoreAsync(new IncomingDelivery(DeliverySource.GitHub, "release", "release", "{}"u8.ToArray())));
        begin.SetResult();
        await Eventually.Is("the webhook is read", () => reader.Read.Contains("release"));

        // Behind those that were taken up already, and no others.
        Assert.InRange(reader.Read.ToList().IndexOf("release"), 8, 50);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Webhooks_are_claimed_first_and_then_the_oldest(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Messages().Inbox());
        await StoreAsync(node, ["m1", "m2"]);
        foreach (var id in new[] { "w1", "w2" })
        {
            await node.Inbox.StoreAsync(new IncomingDelivery(DeliverySource.GitHub, id, "release", "{}"u8.ToArray()));
        }

        await using var services = TestClaims.Open(database);
        var claimed = await services.Claims.ClaimAsync(3, DateTimeOffset.UtcNow.AddMinutes(1), DateTimeOffset.UtcNow.AddMinutes(2), CancellationToken.None);

        Assert.Equal(["w1", "w2", "m1"], claimed.Select(delivery => delivery.DeliveryId));
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

    private sealed class Reader(
        Func<InboxDelivery, DeliveryOutcome?> glance, Task? until = null, Func<IReadOnlyList<ClaimedDelivery>, IReadOnlyList<ClaimedDelivery>>? sift = null)
        : IDeliveryReader
    {
        public ConcurrentQueue<string> Read { get; } = [];

        public ClaimedDelivery Glance(ClaimedDelivery delivery) => delivery with { Outcome = glance(delivery.Row) };

        public Task<IReadOnlyList<ClaimedDelivery>> SiftAsync(IReadOnlyList<ClaimedDelivery> deliveries, CancellationToken cancellationToken) =>
            Task.FromResult(sift?.Invoke(deliveries) ?? deliveries);

        public async Task<DeliveryOutcome> ReadAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
        {
            Read.Enqueue(delivery.Row.DeliveryId);
            await (until ?? Task.CompletedTask).WaitAsync(cancellationToken);
            return new DeliveryOutcome.Handled("read");
        }
    }
}
