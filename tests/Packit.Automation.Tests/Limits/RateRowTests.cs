using Packit.Automation.Limits;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Tests.Limits;

public sealed class RateRowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_delay_ends_when_its_time_is_over_and_not_because_another_process_has_none()
    {
        var row = Row();
        RateRows.Note(row, Report(RateDelayCause.SecondaryLimit, Noon, Noon.AddMinutes(5)), Noon);

        RateRows.Note(row, new RateReport(77, new RateBudget(5000, 4000, Noon.AddHours(1), "core"), null), Noon.AddMinutes(1));
        Assert.Equal((Noon.AddMinutes(5), Noon, RateCause.SecondaryLimit, 4000), (row.BlockedUntil, row.DelayedSince, row.Cause, row.Remaining));

        RateRows.Note(row, new RateReport(77, null, null), Noon.AddMinutes(6));
        Assert.Equal((null, null, null, 4000), (row.BlockedUntil, row.DelayedSince, row.Cause, row.Remaining));
    }

    [Fact]
    public void Of_two_delays_the_longer_one_counts_from_where_the_first_began()
    {
        var row = Row();
        RateRows.Note(row, Report(RateDelayCause.SecondaryLimit, Noon, Noon.AddMinutes(5)), Noon);

        RateRows.Note(row, Report(RateDelayCause.Pace, Noon.AddMinutes(1), Noon.AddMinutes(2)), Noon.AddMinutes(1));
        Assert.Equal((Noon.AddMinutes(5), RateCause.SecondaryLimit), (row.BlockedUntil, row.Cause));

        RateRows.Note(row, Report(RateDelayCause.LowBudget, Noon.AddMinutes(2), Noon.AddMinutes(30)), Noon.AddMinutes(2));
        Assert.Equal((Noon.AddMinutes(30), Noon, RateCause.LowBudget), (row.BlockedUntil, row.DelayedSince, row.Cause));
    }

    [Fact]
    public async Task What_is_heard_wakes_only_when_a_delay_begins_ends_or_changes()
    {
        var notes = new RateNotes();
        notes.Noted(new RateReport(77, new RateBudget(5000, 4000, Noon, "core"), null));
        notes.Noted(new RateReport(77, new RateBudget(5000, 3999, Noon, "core"), null));
        var waiting = notes.ChangedAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        notes.Noted(Report(RateDelayCause.Pace, Noon, Noon.AddMinutes(1)));

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(RateDelayCause.Pace, Assert.Single(notes.Take()).Delay!.Cause);
        Assert.Empty(notes.Take());
    }

    private static RateReport Report(RateDelayCause cause, DateTimeOffset since, DateTimeOffset until) => new(77, null, new RateDelay(cause, since, until));

    private static RateState Row() =>
        new() { InstallationId = 77, Resource = "core", Limit = 0, Remaining = 0, ResetsAt = Noon, NotedAt = Noon };
}
