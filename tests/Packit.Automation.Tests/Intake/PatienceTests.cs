using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Intake;

/// <summary>How long a delivery is read again; the clock is stepped.</summary>
public sealed class PatienceTests(PostgresServer server)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task An_outage_of_two_days_is_outlived_and_one_of_three_is_not(DatabaseProvider provider)
    {
        await using var story = await PatienceStory.BeginAsync(provider, server, new DeliveryOutcome.Later("GitHub is away."));

        var attempts = await story.PassAsync(TimeSpan.FromDays(2));

        Assert.InRange(attempts, 180, 210);
        var waiting = await story.RowAsync();
        Assert.Equal((DeliveryState.Received, 0), (waiting.State, waiting.Faults));
        Assert.Contains($"until {waiting.ReceivedAt.AddDays(3).UtcDateTime:yyyy-MM-dd HH:mm} UTC", waiting.Outcome, StringComparison.Ordinal);
        Assert.StartsWith("GitHub is away. Tried again at ", waiting.Outcome, StringComparison.Ordinal);
        Assert.True(waiting.NextAttemptAt - story.Time.GetUtcNow() <= LongestPause);

        await story.PassAsync(TimeSpan.FromDays(1.1));
        var ended = await story.RowAsync();
        Assert.Equal(DeliveryState.Failed, ended.State);
        Assert.StartsWith("Given up after 3 days and ", ended.Outcome, StringComparison.Ordinal);
        Assert.Contains("GitHub is away. Deliver it again", ended.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_back_after_a_day_is_read()
    {
        await using var story = await PatienceStory.BeginAsync(DatabaseProvider.Sqlite, server, new DeliveryOutcome.Later("GitHub is away."));
        await story.PassAsync(TimeSpan.FromDays(1));

        story.Answer = new DeliveryOutcome.Handled("at last");
        await story.PassAsync(TimeSpan.FromMinutes(16));

        Assert.Equal((DeliveryState.Handled, "at last"), ((await story.RowAsync()).State, (await story.RowAsync()).Outcome));
    }

    [Fact]
    public async Task What_a_remote_does_not_show_is_waited_for_some_hours()
    {
        await using var story = await PatienceStory.BeginAsync(
            DatabaseProvider.Sqlite, server, new DeliveryOutcome.Later("GitHub does not show the tag v1 yet.", For: WaitingFor.Visibility));

        await story.PassAsync(TimeSpan.FromHours(5.9));
        Assert.Equal(DeliveryState.Received, (await story.RowAsync()).State);
        await story.PassAsync(TimeSpan.FromHours(0.5));

        var ended = await story.RowAsync();
        Assert.Equal(DeliveryState.Failed, ended.State);
        Assert.StartsWith("Given up after 6 hours and ", ended.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_is_not_forgiven_by_an_outage_before_and_after_it()
    {
        await using var story = await PatienceStory.BeginAsync(DatabaseProvider.Sqlite, server, new DeliveryOutcome.Later("GitHub is away."));
        await story.PassAsync(TimeSpan.FromHours(5));
        for (var bug = 1; bug <= 4; bug++)
        {
            Assert.Equal(DeliveryState.Received, (await story.RowAsync()).State);
            story.Answer = null;
            await story.StepAsync();
            story.Answer = new DeliveryOutcome.Later("GitHub is away.");
            await story.StepAsync();
        }

        var ended = await story.RowAsync();
        Assert.Equal((DeliveryState.Failed, 4), (ended.State, ended.Faults));
        Assert.StartsWith("Internal error in 4 attempts", ended.Outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_is_read_again_after_a_week_outlives_an_outage_like_new(DatabaseProvider provider)
    {
        await using var story = await PatienceStory.BeginAsync(provider, server, new DeliveryOutcome.Handled("held until the project is approved"));
        await story.StepAsync();
        story.Time.Advance(TimeSpan.FromDays(7));

        Assert.True(await story.ReadAgainAsync());
        story.Answer = new DeliveryOutcome.Later("GitHub is away.");
        await story.PassAsync(TimeSpan.FromDays(2));

        var waiting = await story.RowAsync();
        Assert.Equal((DeliveryState.Received, 0), (waiting.State, waiting.Faults));
        story.Answer = new DeliveryOutcome.Handled("at last");
        await story.PassAsync(TimeSpan.FromMinutes(16));
        Assert.Equal(DeliveryState.Handled, (await story.RowAsync()).State);
    }
}
