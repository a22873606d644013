using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Intake;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Intake;

public sealed class InboxReaderTests(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_stored_delivery_is_read_at_once_and_its_outcome_is_kept(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(
            database, parts => parts.Inbox().Reader((delivery, _) => Outcome(new DeliveryOutcome.Handled($"{delivery.Body.Length} bytes"))), ("Inbox:PollInterval", "01:00:00"));

        await Store(node, "1");

        var row = await Settled(node, "1");
        Assert.Equal((DeliveryState.Handled, "2 bytes", 1, null), (row.State, row.Outcome, row.Attempts, row.ClaimedBy));
        Assert.NotNull(row.HandledAt);
    }

    [Fact]
    public async Task A_reader_in_another_process_is_woken_by_the_database()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        await using var reader = await TestNode.StartAsync(
            database, parts => parts.Reader((_, _) => Outcome(new DeliveryOutcome.Handled("read"))), ("Inbox:PollInterval", "01:00:00"));
        await using var web = await TestNode.StartAsync(database, parts => parts.Inbox());

        await Store(web, "1");

        Assert.Equal("read", (await Settled(web, "1")).Outcome);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Two_readers_never_read_the_same_row(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        var read = new ConcurrentBag<string>();
        Func<InboxDelivery, CancellationToken, Task<DeliveryOutcome>> reader = async (delivery, _) =>
        {
            read.Add(delivery.DeliveryId);
            await Task.Yield();
            return new DeliveryOutcome.Handled("read");
        };
        await using var web = await TestNode.StartAsync(database, parts => parts.Inbox());
        await using var one = await TestNode.StartAsync(database, parts => parts.Reader(reader));
        await using var other = await TestNode.StartAsync(database, parts => parts.Reader(reader));

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Store(web, $"{i}")));
        await Eventually.Is("all read", async () =>
        {
            await using var db = web.Databases.Create();
            return await db.Deliveries.CountAsync(row => row.State == DeliveryState.Handled) == 300;
        });

        Assert.Equal(300, read.Count);
        Assert.Equal(300, read.Distinct().Count());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task The_row_of_a_dead_reader_is_taken_up_by_another(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var web = await TestNode.StartAsync(database, parts => parts.Inbox());
        await Store(web, "1");
        await using (var db = web.Databases.Create())
        {
            await db.Deliveries.ExecuteUpdateAsync(set => set
                .SetProperty(row => row.ClaimedBy, "dead").SetProperty(row => row.Attempts, 1)
                .SetProperty(row => row.ClaimedUntil, DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1)));
        }

        await using var reader = await TestNode.StartAsync(
            database, parts => parts.Reader((_, _) => Outcome(new DeliveryOutcome.Handled("taken up"))), ("Inbox:PollInterval", "00:00:00.1"));

        var row = await Settled(web, "1");
        Assert.Equal(("taken up", 2), (row.Outcome, row.Attempts));
    }

    [Fact]
    public async Task A_living_reader_keeps_its_row_for_as_long_as_it_needs()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        var begun = 0;
        Func<InboxDelivery, CancellationToken, Task<DeliveryOutcome>> slow = async (_, _) =>
        {
            Interlocked.Increment(ref begun);
            await Task.Delay(2000, CancellationToken.None);
            return new DeliveryOutcome.Handled("slow");
        };
        (string, string)[] settings = [("Inbox:Lease", "00:00:00.6"), ("Inbox:PollInterval", "00:00:00.05")];
        await using var one = await TestNode.StartAsync(database, parts => parts.Inbox().Reader(slow), settings);
        await using var other = await TestNode.StartAsync(database, parts => parts.Reader(slow), settings);

        await Store(one, "1");

        Assert.Equal(("slow", 1), ((await Settled(one, "1")).Outcome, begun));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_must_wait_is_read_again_after_a_pause(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var node = await TestNode.StartAsync(
            database,
            parts => parts.Inbox().Reader((delivery, _) => Outcome(delivery.Attempts < 3
                ? new DeliveryOutcome.Later("GitHub is away")
                : new DeliveryOutcome.Handled("at last"))),
            ("Inbox:PollInterval", "00:00:00.05"));

        await Store(node, "1");

        var row = await Settled(node, "1");
        Assert.Equal((DeliveryState.Handled, "at last", 3), (row.State, row.Outcome, row.Attempts));
    }

    [Fact]
    public async Task A_remote_that_wants_to_be_asked_again_at_once_is_not()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        await using var node = await TestNode.StartAsync(
            database,
            parts => parts.Inbox().Reader((_, _) => Outcome(new DeliveryOutcome.Later("GitHub is away", TimeSpan.Zero))),
            ("Inbox:PollInterval", "00:00:00.02"), ("Inbox:FirstPause", "00:10:00"));

        await Store(node, "1");

        await Eventually.Is("read once", async () => (await Row(node, "1")).Outcome is not null);
        var row = await Row(node, "1");
        Assert.Equal((DeliveryState.Received, 1, 0), (row.State, row.Attempts, row.Faults));
        Assert.Equal(IntakeTexts.Waiting("GitHub is away", row.NextAttemptAt, row.ReceivedAt + TimeSpan.FromDays(3)), row.Outcome);
        Assert.InRange(row.NextAttemptAt - row.ReceivedAt, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task A_bug_in_the_reader_fails_one_delivery_with_evidence_and_no_other()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        await using var node = await TestNode.StartAsync(
            database,
            parts => parts.Inbox().Reader((delivery, _) => delivery.DeliveryId == "bad"
                ? throw new FormatException("unexpected comma")
                : Outcome(new DeliveryOutcome.Handled("fine"))),
            ("Inbox:PollInterval", "00:00:00.02"), ("Inbox:MaxFaults", "2"));

        await Store(node, "bad");
        await Store(node, "good");

        Assert.Equal(DeliveryState.Handled, (await Settled(node, "good")).State);
        var row = await Settled(node, "bad");
        Assert.Equal((DeliveryState.Failed, 2), (row.State, row.Attempts));
        Assert.Contains("unexpected comma", row.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_that_kills_its_reader_every_time_is_given_up()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        await using var web = await TestNode.StartAsync(database, parts => parts.Inbox());
        await Store(web, "1");
        await using (var db = web.Databases.Create())
        {
            await db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(row => row.Faults, 12));
        }

        await using var reader = await TestNode.StartAsync(database, parts => parts.Reader((_, _) => Outcome(new DeliveryOutcome.Handled("never"))));

        var row = await Settled(web, "1");
        Assert.Equal(DeliveryState.Failed, row.State);
        Assert.StartsWith("Reading was begun 12 times and never came to an end.", row.Outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Stopping_gives_back_what_does_not_end_and_costs_it_no_attempt(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var web = await TestNode.StartAsync(database, parts => parts.Inbox());
        var begun = new TaskCompletionSource();
        await using var reader = await TestNode.StartAsync(
            database,
            parts => parts.Reader(async (_, cancelled) =>
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancelled);
                return new DeliveryOutcome.Handled("never");
            }),
            ("Inbox:StopGrace", "00:00:00.2"));
        await Store(web, "1");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await reader.StopAsync();

        await using var db = web.Databases.Create();
        var row = await db.Deliveries.SingleAsync();
        Assert.Equal((DeliveryState.Received, 0, 0, null, null), (row.State, row.Attempts, row.Faults, row.ClaimedBy, row.ClaimedUntil));
    }

    private static Task<DeliveryOutcome> Outcome(DeliveryOutcome outcome) => Task.FromResult(outcome);

    private static async Task Store(TestNode node, string id) =>
        Assert.Equal(StoreOutcome.Stored, await node.Inbox.StoreAsync(new(DeliverySource.GitHub, id, "release", "{}"u8.ToArray())));

    private static async Task<InboxDelivery> Settled(TestNode node, string id)
    {
        InboxDelivery? row = null;
        await Eventually.Is($"delivery {id} settled", async () =>
        {
            row = await Row(node, id);
            return row.State != DeliveryState.Received;
        });
        return row!;
    }

    private static async Task<InboxDelivery> Row(TestNode node, string id)
    {
        await using var db = node.Databases.Create();
        return await db.Deliveries.AsNoTracking().SingleAsync(delivery => delivery.DeliveryId == id);
    }
}
