namespace Packit.Automation.Failures;

/// <summary>The pauses between attempts. The place in a list is the number of retries made already.</summary>
public static class RetrySchedule
{
    /// <summary>An upstream archive that is not there yet: 1, 2, 4, 8, 16 and 32 minutes, seven attempts in all.</summary>
    public static readonly IReadOnlyList<TimeSpan> Archive =
        [.. Enumerable.Range(0, 6).Select(retry => TimeSpan.FromMinutes(1 << retry))];

    /// <summary>A remote that is away: from seconds to a quarter of an hour, about half an hour in all.</summary>
    public static readonly IReadOnlyList<TimeSpan> Remote =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(4),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15),
    ];

    /// <summary>
    /// An update that Bodhi does not take yet: 7, 14, 28 seconds and so on, nine attempts in half an hour (Packit). The message that tells of the
    /// tagging of its build comes before nearly all of them.
    /// </summary>
    public static readonly IReadOnlyList<TimeSpan> Update =
        [.. Enumerable.Range(0, 8).Select(retry => TimeSpan.FromSeconds(7 << retry))];

    /// <summary>A suspended App: GitHub tells when it is taken up again, so this is the net; a fortnight in all.</summary>
    public static readonly IReadOnlyList<TimeSpan> Suspended = [.. Enumerable.Repeat(TimeSpan.FromDays(1), 14)];

    /// <summary>The longest pause that a remote is given when it asks for one.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromHours(6);

    private static readonly TimeSpan ShortestAsked = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UnknownLimit = TimeSpan.FromMinutes(1);

    /// <summary>The pause that a remote asked for by a limit, within sense.</summary>
    public static TimeSpan Asked(TimeSpan? asked) =>
        asked is not { } wish ? UnknownLimit : wish < ShortestAsked ? ShortestAsked : wish < LongestAsked ? wish : LongestAsked;

    /// <summary>The next pause, or null when the budget is used up. A remote that named its own waiting time is given it.</summary>
    public static TimeSpan? Next(IReadOnlyList<TimeSpan> schedule, int retriesMade, TimeSpan? asked = null)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (retriesMade >= schedule.Count)
        {
            return null;
        }

        var own = schedule[retriesMade];
        return asked is not { } wish || wish <= own ? own : wish < LongestAsked ? wish : LongestAsked;
    }
}
