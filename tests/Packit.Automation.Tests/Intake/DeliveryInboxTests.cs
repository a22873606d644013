using System.Buffers;
using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Intake;

public sealed class DeliveryInboxTests(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_delivery_is_stored_byte_for_byte_before_the_answer(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Inbox());
        byte[] body = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 7))];

        Assert.Equal(StoreOutcome.Stored, await node.Inbox.StoreAsync(new(DeliverySource.GitHub, "guid-1", "release", body)));

        await using var db = node.Databases.Create();
        var row = await db.Deliveries.SingleAsync();
        Assert.Equal(
            (DeliverySource.GitHub, "guid-1", "release", DeliveryState.Received, 0, row.ReceivedAt),
            (row.Source, row.DeliveryId, row.EventType, row.State, row.Attempts, row.NextAttemptAt));
        Assert.Equal(body, row.Body);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task The_same_delivery_from_fifty_senders_at_once_is_stored_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var one = await TestNode.StartAsync(database, parts => parts.Inbox());
        await using var other = await TestNode.StartAsync(database, parts => parts.Inbox());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() =>
            (i % 2 == 0 ? one : other).Inbox.StoreAsync(new(DeliverySource.GitHub, "guid-1", "release", "{}"u8.ToArray())))));

        Assert.Single(outcomes, StoreOutcome.Stored);
        Assert.Equal(49, outcomes.Count(outcome => outcome == StoreOutcome.Repeated));
        await using var db = one.Databases.Create();
        Assert.Equal(1, await db.Deliveries.CountAsync());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, DeliveryState.Failed, DeliveryState.Received)]
    [InlineData(DatabaseProvider.PostgreSql, DeliveryState.Failed, DeliveryState.Received)]
    [InlineData(DatabaseProvider.Sqlite, DeliveryState.Handled, DeliveryState.Handled)]
    [InlineData(DatabaseProvider.PostgreSql, DeliveryState.Handled, DeliveryState.Handled)]
    public async Task What_was_given_up_is_read_again_when_GitHub_delivers_it_again_by_its_old_name(
        DatabaseProvider provider, DeliveryState ended, DeliveryState then)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Inbox());
        await node.Inbox.StoreAsync(new(DeliverySource.GitHub, "guid-1", "release", "{}"u8.ToArray()));
        await using var db = node.Databases.Create();
        await db.Deliveries.ExecuteUpdateAsync(
            change => change.SetProperty(row => row.State, ended).SetProperty(row => row.Attempts, 300).SetProperty(row => row.Faults, 13));

        Assert.Equal(StoreOutcome.Repeated, await node.Inbox.StoreAsync(new(DeliverySource.GitHub, "guid-1", "release", "{}"u8.ToArray())));

        var row = await db.Deliveries.AsNoTracking().SingleAsync();
        Assert.Equal((then, then == DeliveryState.Received ? 0 : 13), (row.State, row.Faults));
        Assert.Equal(then == DeliveryState.Received, row.ReopenedAt is not null);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Equal_ids_of_different_sources_are_different_deliveries(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Inbox());

        Assert.Equal(StoreOutcome.Stored, await node.Inbox.StoreAsync(new(DeliverySource.GitHub, "1", "push", "{}"u8.ToArray())));
        Assert.Equal(StoreOutcome.Stored, await node.Inbox.StoreAsync(new(DeliverySource.FedoraMessaging, "1", "push", "{}"u8.ToArray())));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Many_senders_share_transactions_and_none_gets_the_bytes_of_another(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Inbox());

        var inbox = node.Inbox;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 500).Select(number => StoreFromRented(inbox, number)));

        Assert.All(outcomes, outcome => Assert.Equal(StoreOutcome.Stored, outcome));
        await using var db = node.Databases.Create();
        var rows = await db.Deliveries.AsNoTracking().ToListAsync();
        Assert.Equal(500, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.DeliveryId.Replace("guid-", "body of ", StringComparison.Ordinal), Encoding.UTF8.GetString(row.Body)));
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_within_two_seconds_and_taken_up_again()
    {
        await using var own = new PostgresServer();
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, own);
        await using var node = await TestNode.StartAsync(database, parts => parts.Inbox());
        var inbox = node.Inbox;
        Assert.Equal(StoreOutcome.Stored, await Store("before"));

        await own.CrashAsync();
        var asked = Stopwatch.StartNew();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Store($"during-{i}"))), outcome => Assert.Equal(StoreOutcome.Unavailable, outcome));
        Assert.True(asked.Elapsed < TimeSpan.FromSeconds(2), $"It took {asked.Elapsed}.");

        await own.RestartAsync();
        await Eventually.Is("stored again", async () => await Store("after") is StoreOutcome.Stored or StoreOutcome.Repeated);
        await using var db = node.Databases.Create();
        Assert.Equal(["after", "before"], await db.Deliveries.Select(row => row.DeliveryId).OrderBy(id => id).ToListAsync());

        Task<StoreOutcome> Store(string id) => inbox.StoreAsync(new(DeliverySource.GitHub, id, "push", "{}"u8.ToArray()));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_database_that_does_not_move_is_said_within_two_seconds(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Inbox());
        await using var db = node.Databases.Create();
        await using (await db.Database.BeginTransactionAsync())
        {
            await db.Database.ExecuteSqlRawAsync(provider == DatabaseProvider.Sqlite
                ? "UPDATE inbox_deliveries SET attempts = 1"
                : "LOCK TABLE inbox_deliveries IN ACCESS EXCLUSIVE MODE");

            var asked = Stopwatch.StartNew();
            Assert.Equal(StoreOutcome.Unavailable, await node.Inbox.StoreAsync(new(DeliverySource.GitHub, "blocked", "push", "{}"u8.ToArray())));
            Assert.True(asked.Elapsed < TimeSpan.FromSeconds(2), $"It took {asked.Elapsed}.");
        }

        await Eventually.Is("stored again", async () =>
            await node.Inbox.StoreAsync(new(DeliverySource.GitHub, "later", "push", "{}"u8.ToArray())) != StoreOutcome.Unavailable);
    }

    [Fact]
    public async Task More_bytes_than_may_wait_are_refused_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Inbox(), ("Inbox:QueueBytes", "1048576"));

        Assert.Equal(StoreOutcome.Unavailable, await node.Inbox.StoreAsync(new(DeliverySource.GitHub, "big", "push", new byte[1_048_577])));
        Assert.Equal(StoreOutcome.Stored, await node.Inbox.StoreAsync(new(DeliverySource.GitHub, "small", "push", "{}"u8.ToArray())));
    }

    [Theory]
    [InlineData("", "push")]
    [InlineData("id with spaces", "push")]
    [InlineData("id", "pu\0sh")]
    [InlineData("é", "push")]
    public async Task Names_that_cannot_be_stored_are_refused_before_they_reach_the_database(string id, string type)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        await using var node = await TestNode.StartAsync(database, parts => parts.Inbox());

        await Assert.ThrowsAsync<ArgumentException>(() => node.Inbox.StoreAsync(new(DeliverySource.GitHub, id, type, "{}"u8.ToArray())));
    }

    private static Task<StoreOutcome> StoreFromRented(DeliveryInbox inbox, int number)
    {
        var owner = MemoryPool<byte>.Shared.Rent(64);
        var length = Encoding.UTF8.GetBytes($"body of {number}", owner.Memory.Span);
        return inbox.StoreAsync(new(DeliverySource.GitHub, $"guid-{number}", "push", owner.Memory[..length], owner));
    }
}
