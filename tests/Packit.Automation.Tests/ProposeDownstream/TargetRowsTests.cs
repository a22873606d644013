using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.ProposeDownstream;

public sealed class TargetRowsTests(PostgresServer server)
{
    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly TargetOutcome Missing = new TargetOutcome.Failed(Failure.Transient(FailureCodes.ArchiveNotThere, "404"));
    private static readonly TargetOutcome Away = new TargetOutcome.Failed(Failure.Transient(FailureCodes.RemoteAway, "Pagure is away."));

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_many_workers_one_gets_a_target(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(provider, server);

        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => Task.Run(() => story.Targets.TryBeginAsync(story.Id, $"w{worker}", Ct))));

        Assert.Single(taken, won => won);
        Assert.Equal(1, (await story.LoadAsync()).Attempts);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_worker_without_a_sign_of_life_loses_its_target(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(provider, server);
        Assert.True(await story.Targets.TryBeginAsync(story.Id, "dead", Ct));

        story.Time.Advance(TargetRows.Lease);
        Assert.False(await story.Targets.TryBeginAsync(story.Id, "heir", Ct));
        story.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await story.Targets.TryBeginAsync(story.Id, "heir", Ct));

        var row = await story.LoadAsync();
        Assert.Equal((SyncReleaseTargetStatus.Running, "heir", 2), (row.Status, row.LeaseOwner, row.Attempts));
        Assert.Equal(story.Time.GetUtcNow() + TargetRows.Lease, row.LeaseUntil);
    }

    [Fact]
    public async Task A_worker_that_gives_signs_keeps_its_target()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);
        await story.Targets.TryBeginAsync(story.Id, "slow", Ct);

        story.Time.Advance(TargetRows.Lease);
        await story.Targets.RenewAsync(story.Id, "slow", Ct);
        await story.Targets.RenewAsync(story.Id, "stranger", Ct);
        story.Time.Advance(TargetRows.Lease);

        Assert.False(await story.Targets.TryBeginAsync(story.Id, "heir", Ct));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task The_end_of_an_attempt_that_was_taken_over_counts_no_more(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(provider, server);
        await story.Targets.TryBeginAsync(story.Id, "stalled", Ct);
        story.Time.Advance(TargetRows.Lease + TimeSpan.FromSeconds(1));
        await story.Targets.TryBeginAsync(story.Id, "heir", Ct);

        Assert.Null(await story.Targets.EndAsync(story.Id, "stalled", Away, Ct));

        var row = await story.LoadAsync();
        Assert.Equal((SyncReleaseTargetStatus.Running, "heir", 0), (row.Status, row.LeaseOwner, row.Retries));
        Assert.NotNull(await story.Targets.EndAsync(story.Id, "heir", new TargetOutcome.Skipped("Enough."), Ct));
        Assert.Null(await story.Targets.EndAsync(story.Id, "heir", Away, Ct));
        Assert.Equal(SyncReleaseTargetStatus.Skipped, (await story.LoadAsync()).Status);
    }

    [Fact]
    public async Task An_archive_is_waited_for_in_doubling_pauses_and_then_given_up()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);
        List<double> pauses = [];
        while (await story.AttemptAsync(Missing) is { Status: SyncReleaseTargetStatus.Retry } waiting)
        {
            Assert.Equal((FailureKind.Transient, FailureCodes.ArchiveNotThere, "404"), (waiting.FailureKind, waiting.FailureCode, waiting.Message));
            pauses.Add((waiting.NextAttemptAt!.Value - story.Time.GetUtcNow()).TotalMinutes);
            Assert.False(await story.Targets.TryBeginAsync(story.Id, "eager", Ct));
            story.Time.Advance(waiting.NextAttemptAt.Value - story.Time.GetUtcNow());
        }

        Assert.Equal([1, 2, 4, 8, 16, 32], pauses);
        var row = await story.LoadAsync();
        Assert.Equal((SyncReleaseTargetStatus.Error, 7, story.Time.GetUtcNow()), (row.Status, row.Attempts, row.FinishedTime));
        Assert.Null(row.NextAttemptAt);
    }

    [Fact]
    public async Task Waiting_for_one_thing_does_not_use_up_the_patience_with_another()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);
        for (var outage = 0; outage < 4; outage++)
        {
            story.Time.Advance((await story.AttemptAsync(Away)).NextAttemptAt!.Value - story.Time.GetUtcNow());
        }

        var waiting = await story.AttemptAsync(Missing);

        Assert.Equal((1, TimeSpan.FromMinutes(1)), (waiting.Retries, waiting.NextAttemptAt!.Value - story.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Failures_that_take_turns_come_to_an_end()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);
        var attempts = 0;
        while (await story.AttemptAsync(attempts++ % 2 == 0 ? Away : Missing) is { NextAttemptAt: { } next })
        {
            Assert.InRange(attempts, 0, 60);
            story.Time.Advance(next - story.Time.GetUtcNow());
        }

        Assert.Equal(SyncReleaseTargetStatus.Error, (await story.LoadAsync()).Status);
    }

    [Fact]
    public async Task An_outage_is_waited_out_for_twelve_hours_in_pauses_of_a_quarter_of_an_hour_at_most()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);
        var begin = story.Time.GetUtcNow();
        var longest = TimeSpan.Zero;
        while (await story.AttemptAsync(Away) is { NextAttemptAt: { } next, Status: SyncReleaseTargetStatus.Retry } waiting)
        {
            Assert.Equal((waiting.Attempts, begin), (waiting.Delays, waiting.AwaySince));
            Assert.Equal("Pagure is away. It is tried again until 2026-03-02 22:00 UTC.", waiting.Message);
            Assert.InRange(next - story.Time.GetUtcNow(), longest, TimeSpan.FromMinutes(15));
            longest = next - story.Time.GetUtcNow();
            story.Time.Advance(longest);
        }

        var row = await story.LoadAsync();
        Assert.Equal((SyncReleaseTargetStatus.Error, FailureCodes.RemoteAway), (row.Status, row.FailureCode));
        Assert.Equal("Pagure is away. It was so since 2026-03-02 10:00 UTC, and is not tried again by itself.", row.Message);
        Assert.InRange(story.Time.GetUtcNow() - begin, TimeSpan.FromHours(12), TimeSpan.FromHours(12) + TimeSpan.FromMinutes(15));
        Assert.InRange(row.Attempts, 45, 60);
    }

    [Fact]
    public async Task A_second_outage_after_long_work_has_patience_of_its_own()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);
        await story.AttemptAsync(Away);
        story.Time.Advance(TimeSpan.FromDays(2));
        await story.AttemptAsync(new TargetOutcome.Awaits("Waits.", story.Time.GetUtcNow() + TimeSpan.FromDays(2), Asked: null));
        Assert.Null((await story.LoadAsync()).AwaySince);
        story.Time.Advance(TimeSpan.FromDays(2));

        var waiting = await story.AttemptAsync(Away);

        Assert.Equal((SyncReleaseTargetStatus.Retry, 1, story.Time.GetUtcNow()), (waiting.Status, waiting.Retries, waiting.AwaySince));
    }

    [Fact]
    public async Task A_remote_that_asks_for_more_time_gets_it()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);

        var waiting = await story.AttemptAsync(
            new TargetOutcome.Failed(Failure.Transient(FailureCodes.RemoteLimit, "Slow down."), TimeSpan.FromMinutes(47)));

        Assert.Equal(TimeSpan.FromMinutes(47), waiting.NextAttemptAt!.Value - story.Time.GetUtcNow());
    }

    [Theory]
    [InlineData(FailureKind.UserFixable)]
    [InlineData(FailureKind.Rejected)]
    [InlineData(FailureKind.Bug)]
    public async Task What_time_cannot_heal_is_not_tried_again(FailureKind kind)
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);

        var ended = await story.AttemptAsync(new TargetOutcome.Failed(new Failure(kind, "CODE", "No.")));

        Assert.Equal((SyncReleaseTargetStatus.Error, kind, "CODE", "No."), (ended.Status, ended.FailureKind!.Value, ended.FailureCode, ended.Message));
        story.Time.Advance(TimeSpan.FromDays(1));
        Assert.False(await story.Targets.TryBeginAsync(story.Id, "w", Ct));
    }

    [Fact]
    public async Task Success_is_kept_and_nothing_begins_a_finished_target_again()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);
        await story.AttemptAsync(Away);
        story.Time.Advance(TimeSpan.FromMinutes(1));

        await story.AttemptAsync(new TargetOutcome.Submitted("1.2.3", "c0ffee", "+diff"));

        var row = await story.LoadAsync();
        Assert.Equal(("1.2.3", "c0ffee", "+diff", "Propose downstream finished successfully."), (row.Version, row.CommitSha, row.Diff, row.Message));
        Assert.Equal((SyncReleaseTargetStatus.Submitted, (string?)null, (FailureKind?)null, 2), (row.Status, row.FailureCode, row.FailureKind, row.Attempts));
        Assert.False(await story.Targets.TryBeginAsync(story.Id, "w", Ct));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Texts_that_no_database_takes_are_stored_all_the_same(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(provider, server);
        await story.Targets.TryBeginAsync(story.Id, "w", Ct);

        await story.Targets.StorePlanAsync(story.Id, "1.2\0", "write a\0b\uD800", Ct);
        await story.Targets.EndAsync(story.Id, "w", new TargetOutcome.Submitted("1.2\0", "c0ffee", "-a\0b\n\uDC00"), Ct);

        var row = await story.LoadAsync();
        Assert.Equal(("1.2\uFFFD", "write a\uFFFDb\uFFFD", "-a\uFFFDb\n\uFFFD"), (row.Version, row.Plan, row.Diff));
    }

    [Fact]
    public async Task Watchers_hear_of_every_move()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);
        using var watch = story.Signals.Begin(story.Id);
        using var other = story.Signals.Begin(story.Id + 1);

        await story.Targets.TryBeginAsync(story.Id, "w", Ct);

        Assert.True(watch.Changes.TryRead(out _));
        Assert.False(watch.Changes.TryRead(out _));
        Assert.False(other.Changes.TryRead(out _));
    }

    private sealed class Story : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly ServiceProvider _services;
        private ReleaseRows _rows = null!;

        private Story(TestDatabase database)
        {
            _database = database;
            _services = ReleaseRows.Storage(database);
            Targets = new TargetRows(_services.GetRequiredService<IPackitDbFactory>(), Signals, new OutagePatience(Options.Create(new EngineOptions()), Time), Time);
        }

        public ManualTime Time { get; } = new();

        public TargetSignals Signals { get; } = new();

        public TargetRows Targets { get; }

        public int Id { get; private set; }

        public static async Task<Story> BeginAsync(DatabaseProvider provider, PostgresServer server)
        {
            var story = new Story(await TestDatabase.CreateAsync(provider, server));
            story._rows = await ReleaseRows.CreateAsync(story._services.GetRequiredService<IPackitDbFactory>(), story.Time);
            story.Id = await story._rows.TargetAsync(await story._rows.RunAsync());
            return story;
        }

        public async Task<SyncReleaseTarget> AttemptAsync(TargetOutcome outcome)
        {
            Assert.True(await Targets.TryBeginAsync(Id, "w", Ct));
            return (await Targets.EndAsync(Id, "w", outcome, Ct))!;
        }

        public Task<SyncReleaseTarget> LoadAsync() => _rows.LoadAsync(Id);

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}
