using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Intake;

/// <summary>One delivery, a reader that answers as it is told, and a clock that a test moves.</summary>
internal sealed class PatienceStory : IAsyncDisposable, IDeliveryReader
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly InboxClaims _claims;
    private readonly DeliveryReading _reading;

    private PatienceStory(TestDatabase database, DeliveryOutcome answer)
    {
        _database = database;
        Answer = answer;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time).AddSingleton<IDeliveryReader>(this)
            .AddPackitStorage(configuration.GetSection("Database")).BuildServiceProvider();
        _claims = new InboxClaims(_services.GetRequiredService<Database>(), "test");
        _reading = new DeliveryReading(
            _claims, _services.GetRequiredService<IServiceScopeFactory>(), new InboxOptions(), Time, NullLogger.Instance);
    }

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What comes of reading; null for a bug.</summary>
    public DeliveryOutcome? Answer { get; set; }

    public static async Task<PatienceStory> BeginAsync(DatabaseProvider provider, PostgresServer server, DeliveryOutcome answer)
    {
        var story = new PatienceStory(await TestDatabase.CreateAsync(provider, server), answer);
        await using var db = story.Database();
        db.Deliveries.Add(new InboxDelivery
        {
            Source = DeliverySource.GitHub, DeliveryId = "1", EventType = "release", Body = "{}"u8.ToArray(),
            ReceivedAt = story.Time.GetUtcNow(), NextAttemptAt = story.Time.GetUtcNow(),
        });
        await db.SaveChangesAsync();
        return story;
    }

    public Task<DeliveryOutcome> ReadAsync(ClaimedDelivery delivery, CancellationToken cancellationToken) =>
        Task.FromResult(Answer ?? throw new FormatException("unexpected comma"));

    /// <summary>Moves the clock to the next attempt and makes it.</summary>
    /// <returns>False when the delivery has come to its end.</returns>
    public async Task<bool> StepAsync()
    {
        var row = await RowAsync();
        if (row.State != DeliveryState.Received)
        {
            return false;
        }

        if (row.NextAttemptAt > Time.GetUtcNow())
        {
            Time.Advance(row.NextAttemptAt - Time.GetUtcNow());
        }

        var now = Time.GetUtcNow();
        var claimed = Assert.Single(await _claims.ClaimAsync(1, now, now + TimeSpan.FromMinutes(1), CancellationToken.None));
        await _reading.StoreAsync(claimed, await _reading.ReadAsync(new ClaimedDelivery(claimed), CancellationToken.None));
        return true;
    }

    /// <summary>Makes every attempt of this length of time.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> PassAsync(TimeSpan length)
    {
        var end = Time.GetUtcNow() + length;
        var attempts = 0;
        while ((await RowAsync()).NextAttemptAt <= end && await StepAsync())
        {
            attempts++;
        }

        return attempts;
    }

    /// <summary>Lets it be read once more.</summary>
    public Task<bool> ReadAgainAsync() => new Rereading(_services.GetRequiredService<IPackitDbFactory>(), new WakeUps(), Time)
        .AskAsync(1, "read again", CancellationToken.None);

    public async Task<InboxDelivery> RowAsync()
    {
        await using var db = Database();
        return await db.Deliveries.AsNoTracking().SingleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private PackitDb Database() => _services.GetRequiredService<IPackitDbFactory>().Create();
}
