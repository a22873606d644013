using System.Diagnostics;
using Packit.Automation.Engine;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Engine;

public sealed class JobEngineTests(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_queued_job_runs_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        var handler = new TestHandler();
        await using var node = await TestNode.StartAsync(database, parts => parts.Worker(handler));

        await node.Queue.EnqueueAsync(TestHandler.Job(7), CancellationToken.None);
        await node.Queue.EnqueueAsync(TestHandler.Job(8), CancellationToken.None);

        await Eventually.Is("both ran", () => handler.Begun.Count == 2);
        Assert.Equal([7, 8], handler.Begun.Order());
    }

    [Fact]
    public async Task A_process_without_execution_only_queues_and_wakes_the_worker()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        var handler = new TestHandler();
        await using var worker = await TestNode.StartAsync(database, parts => parts.Worker(handler), ("Engine:PollInterval", "00:05:00"));
        await using var web = await TestNode.StartAsync(database, parts => parts.Queue());
        await web.Queue.EnqueueAsync(TestHandler.Job(1), CancellationToken.None);
        await Eventually.Is("warm", () => handler.Begun.Count == 1);

        var queued = Stopwatch.StartNew();
        await web.Queue.EnqueueAsync(TestHandler.Job(2), CancellationToken.None);
        await Eventually.Is("woken", () => handler.Begun.Count == 2);

        Assert.True(queued.Elapsed < TimeSpan.FromSeconds(5), $"It took {queued.Elapsed}, although the worker polls every five minutes only.");
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_delayed_job_does_not_run_before_its_time(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        var ranAt = new TaskCompletionSource<DateTimeOffset>();
        var handler = new TestHandler((_, _) =>
        {
            ranAt.TrySetResult(DateTimeOffset.UtcNow);
            return Task.CompletedTask;
        });
        await using var node = await TestNode.StartAsync(database, parts => parts.Worker(handler));
        var due = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1.5);

        await node.Queue.EnqueueAsync(TestHandler.Job(1, notBefore: due), CancellationToken.None);

        var late = await ranAt.Task.WaitAsync(TimeSpan.FromSeconds(20)) - due;
        Assert.InRange(late, TimeSpan.FromMilliseconds(-5), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_waiting_job_is_not_queued_twice_under_its_name()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        var handler = new TestHandler();
        await using var web = await TestNode.StartAsync(database, parts => parts.Queue());
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => web.Queue.EnqueueAsync(TestHandler.Job(1), CancellationToken.None)));
        await web.Queue.EnqueueAsync(TestHandler.Job(2), CancellationToken.None);

        await using var worker = await TestNode.StartAsync(database, parts => parts.Worker(handler), ("Engine:Threads", "1"));

        await Eventually.Is("the last ran", () => handler.Begun.Contains(2));
        Assert.Equal([1, 2], handler.Begun.Order());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, 1)]
    [InlineData(DatabaseProvider.PostgreSql, 2)]
    public async Task Jobs_of_one_key_never_run_at_the_same_time_on_any_node(DatabaseProvider provider, int nodes)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        int[] running = [0, 0];
        var overlaps = 0;
        var handler = new TestHandler(async (row, _) =>
        {
            if (Interlocked.Increment(ref running[row % 2]) > 1)
            {
                Interlocked.Increment(ref overlaps);
            }

            await Task.Delay(20, CancellationToken.None);
            Interlocked.Decrement(ref running[row % 2]);
        });
        await using var one = await TestNode.StartAsync(database, parts => parts.Worker(handler));
        await using var other = nodes > 1 ? await TestNode.StartAsync(database, parts => parts.Worker(handler)) : null;

        await Task.WhenAll(Enumerable.Range(0, 40).Select(row => one.Queue.EnqueueAsync(TestHandler.Job(row, $"package/{row % 2}"), CancellationToken.None)));

        await Eventually.Is("all ran", () => handler.Begun.Count == 40);
        Assert.Equal(0, overlaps);
    }

    [Fact]
    public async Task Workers_that_start_together_on_an_empty_database_all_work()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        var handler = new TestHandler();

        var nodes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => TestNode.StartAsync(database, parts => parts.Worker(handler)))));

        await Task.WhenAll(nodes.Select((node, row) => node.Queue.EnqueueAsync(TestHandler.Job(row), CancellationToken.None)));
        await Eventually.Is("all ran", () => handler.Begun.Count == nodes.Length);
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_a_handler_throws_is_tried_again()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        var attempts = 0;
        var handler = new TestHandler((_, _) => Interlocked.Increment(ref attempts) == 1 ? throw new IOException("the database went away") : Task.CompletedTask);
        await using var node = await TestNode.StartAsync(database, parts => parts.Worker(handler));

        await node.Queue.EnqueueAsync(TestHandler.Job(1), CancellationToken.None);

        await Eventually.Is("tried again", () => handler.Begun.Count == 2);
    }

    [Fact]
    public async Task Orphans_are_swept_up_at_the_start_and_later()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        var handler = new TestHandler { Orphans = [TestHandler.Job(1), TestHandler.Job(2)] };
        await using var node = await TestNode.StartAsync(database, parts => parts.Worker(handler), ("Engine:SweepInterval", "00:00:00.2"));
        await Eventually.Is("the first were swept", () => handler.Begun.Count == 2);

        handler.Orphans = [TestHandler.Job(3)];

        await Eventually.Is("the later one was swept", () => handler.Begun.Contains(3));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Stopping_hands_over_what_does_not_end(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        var handler = new TestHandler((_, cancelled) => Task.Delay(Timeout.Infinite, cancelled));
        await using var first = await TestNode.StartAsync(database, parts => parts.Worker(handler), ("Engine:StopGrace", "00:00:00.2"));
        await first.Queue.EnqueueAsync(TestHandler.Job(1), CancellationToken.None);
        await Eventually.Is("begun", () => handler.Begun.Count == 1);

        var stopping = Stopwatch.StartNew();
        await first.StopAsync();
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(8), $"Stopping took {stopping.Elapsed}.");

        var successor = new TestHandler();
        await using var second = await TestNode.StartAsync(database, parts => parts.Worker(successor));
        await Eventually.Is("taken up again", () => successor.Begun.Count == 1);
    }

    [Fact]
    public void The_name_stored_with_every_queued_job_has_not_changed()
    {
        Assert.NotNull(typeof(IJobHandler).Assembly.GetType("Packit.Automation.Engine.EngineJob"));
        Assert.NotNull(typeof(IJobHandler).Assembly.GetType("Packit.Automation.Engine.EngineInput"));
    }
}
