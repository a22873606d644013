using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Effects;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Effects;

public sealed class EffectTurnsTests(PostgresServer server)
{
    private const string Key = "issue:1";

    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Those_who_come_together_do_it_one_after_the_other(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var services = ReleaseRows.Storage(database);
        var turns = new EffectTurns(services.GetRequiredService<IPackitDbFactory>(), TimeProvider.System);
        var (inside, most, done) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => turns.AloneAsync(
            "GitHub", Key,
            async () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                Interlocked.Increment(ref done);
            },
            Ct)));

        Assert.Equal((1, 4), (most, done));
        await using var rows = services.GetRequiredService<IPackitDbFactory>().Create();
        Assert.Empty(rows.Effects);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Whoever_died_on_the_way_is_not_waited_for_for_ever(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var services = ReleaseRows.Storage(database);
        var (databases, time) = (services.GetRequiredService<IPackitDbFactory>(), new ManualTime());
        await using (var rows = databases.Create())
        {
            rows.Effects.Add(new RemoteEffect { Key = $"turn:{Key}", State = EffectState.Intended, Reference = "dead", CreatedAt = time.GetUtcNow() });
            await rows.SaveChangesAsync(Ct);
        }

        time.Advance(TimeSpan.FromSeconds(61));
        var isDone = false;
        await new EffectTurns(databases, time).AloneAsync(
            "GitHub", Key,
            () =>
            {
                isDone = true;
                return Task.CompletedTask;
            },
            Ct);

        Assert.True(isDone);
    }

    [Fact]
    public async Task Who_fails_lets_the_next_one_try()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        await using var services = ReleaseRows.Storage(database);
        var turns = new EffectTurns(services.GetRequiredService<IPackitDbFactory>(), new ManualTime());
        await Assert.ThrowsAsync<IOException>(() => turns.AloneAsync("GitHub", Key, () => Task.FromException(new IOException("cut")), Ct));

        var isDone = false;
        await turns.AloneAsync(
            "GitHub", Key,
            () =>
            {
                isDone = true;
                return Task.CompletedTask;
            },
            Ct);

        Assert.True(isDone);
    }
}
