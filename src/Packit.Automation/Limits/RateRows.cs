using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Limits;

/// <summary>Between what the client tells and what is stored.</summary>
internal static class RateRows
{
    /// <summary>The counted family of calls that everything here belongs to.</summary>
    public const string Core = "core";

    /// <summary>Puts a report into its row, into which other processes may have put theirs.</summary>
    public static void Note(RateState row, RateReport report, DateTimeOffset now)
    {
        if (report.Budget is { } budget)
        {
            (row.Limit, row.Remaining, row.ResetsAt) = (budget.Limit, budget.Remaining, budget.Reset);
        }

        // Another process's delay ends when its time is over, not because this one has none.
        var isOver = row.BlockedUntil is not { } until || until <= now;
        if (report.Delay is { } delay && delay.Until > now && (isOver || delay.Until >= row.BlockedUntil))
        {
            (row.BlockedUntil, row.DelayedSince, row.Cause) = (delay.Until, isOver ? delay.Since : Earlier(row.DelayedSince, delay.Since), Cause(delay.Cause));
        }
        else if (isOver)
        {
            (row.BlockedUntil, row.DelayedSince, row.Cause) = (null, null, null);
        }

        row.NotedAt = now;
    }

    public static RateCause Cause(RateDelayCause cause) => cause switch
    {
        RateDelayCause.Pace => RateCause.Pace,
        RateDelayCause.LowBudget => RateCause.LowBudget,
        RateDelayCause.SecondaryLimit => RateCause.SecondaryLimit,
        RateDelayCause.PrimaryLimit => RateCause.PrimaryLimit,
    };

    public static RateDelayCause Cause(RateCause cause) => cause switch
    {
        RateCause.Pace => RateDelayCause.Pace,
        RateCause.LowBudget => RateDelayCause.LowBudget,
        RateCause.SecondaryLimit => RateDelayCause.SecondaryLimit,
        RateCause.PrimaryLimit => RateDelayCause.PrimaryLimit,
    };

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
