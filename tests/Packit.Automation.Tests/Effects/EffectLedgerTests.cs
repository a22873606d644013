using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Effects;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Effects;

public sealed class EffectLedgerTests(PostgresServer server)
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task An_effect_is_made_once(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(provider, server);

        Assert.Equal(new EffectResult("made-1", MadeNow: true), await story.OnceAsync("comment:1"));
        Assert.Equal(new EffectResult("made-1", MadeNow: false), await story.OnceAsync("comment:1"));
        Assert.Equal(new EffectResult("made-2", MadeNow: true), await story.OnceAsync("comment:2"));
        Assert.Equal((0, 2), (story.Asked, story.Made));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_was_made_before_a_crash_is_adopted(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(provider, server);
        await using (var database = story.Databases.Create())
        {
            database.Effects.Add(new RemoteEffect { Key = "comment:1", State = EffectState.Intended, CreatedAt = story.Time.GetUtcNow() });
            await database.SaveChangesAsync(Ct);
        }

        story.There = "found";

        Assert.Equal(new EffectResult("found", MadeNow: false), await story.OnceAsync("comment:1"));
        Assert.Equal(new EffectResult("found", MadeNow: false), await story.OnceAsync("comment:1"));
        Assert.Equal((1, 0), (story.Asked, story.Made));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task After_a_failure_the_remote_is_asked_before_the_effect_is_tried_again(DatabaseProvider provider)
    {
        await using var story = await Story.BeginAsync(provider, server);
        story.Trouble = new IOException("cut");
        await Assert.ThrowsAsync<IOException>(() => story.OnceAsync("comment:1"));
        Assert.Equal(0, story.Asked);

        story.Trouble = null;

        Assert.Equal(new EffectResult("made-2", MadeNow: true), await story.OnceAsync("comment:1"));
        Assert.Equal((1, 2), (story.Asked, story.Made));
    }

    [Fact]
    public async Task The_intent_is_stored_before_the_effect_and_the_end_after_it()
    {
        await using var story = await Story.BeginAsync(DatabaseProvider.Sqlite, server);
        RemoteEffect? meanwhile = null;

        await story.Ledger.OnceAsync(
            "comment:1", _ => Task.FromResult<string?>(null),
            async token =>
            {
                meanwhile = await story.LoadAsync("comment:1");
                story.Time.Advance(TimeSpan.FromSeconds(3));
                return "made";
            },
            Ct);

        Assert.Equal((EffectState.Intended, (string?)null), (meanwhile!.State, meanwhile.Reference));
        var after = await story.LoadAsync("comment:1");
        Assert.Equal((EffectState.Done, "made", TimeSpan.FromSeconds(3)), (after.State, after.Reference, after.DoneAt - after.CreatedAt));
    }

    private sealed class Story : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly ServiceProvider _services;

        private Story(TestDatabase database)
        {
            _database = database;
            _services = ReleaseRows.Storage(database);
            Ledger = new EffectLedger(Databases, Time);
        }

        public ManualTime Time { get; } = new();

        public IPackitDbFactory Databases => _services.GetRequiredService<IPackitDbFactory>();

        public EffectLedger Ledger { get; }

        public string? There { get; set; }

        public Exception? Trouble { get; set; }

        public int Asked { get; private set; }

        public int Made { get; private set; }

        public static async Task<Story> BeginAsync(DatabaseProvider provider, PostgresServer server) => new(await TestDatabase.CreateAsync(provider, server));

        public Task<EffectResult> OnceAsync(string key) => Ledger.OnceAsync(
            key,
            _ =>
            {
                Asked++;
                return Task.FromResult(There);
            },
            _ =>
            {
                Made++;
                return Trouble is null ? Task.FromResult($"made-{Made}") : Task.FromException<string>(Trouble);
            },
            Ct);

        public async Task<RemoteEffect> LoadAsync(string key)
        {
            await using var database = Databases.Create();
            return await database.Effects.AsNoTracking().SingleAsync(effect => effect.Key == key, Ct);
        }

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}
