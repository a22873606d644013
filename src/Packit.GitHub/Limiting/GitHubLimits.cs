namespace Packit.GitHub;

/// <summary>
/// How fast the client goes at most, for each installation: a little below what GitHub documents as its secondary limits, which it
/// enforces without telling how much of them is used.
/// </summary>
/// <remarks>
/// GitHub: Rate limits for the REST API (80 requests that create content in a minute and 500 in an hour, 900 points in a minute of which a read
/// costs 1 and a write 5, 100 requests at a time); Best practices for using the REST API (a second between writes when there are many).
/// Of each number a third may go at once, so that a quiet service answers at once; the rest comes back steadily, and no window of that
/// length ever sees more than the number.
/// </remarks>
public sealed record GitHubLimits
{
    /// <summary>Requests in a minute that create something: issues, comments, reactions, check runs, statuses. GitHub: 80.</summary>
    public int ContentPerMinute { get; init; } = 72;

    /// <summary>The same in an hour. GitHub: 500.</summary>
    public int ContentPerHour { get; init; } = 450;

    /// <summary>Points in a minute; a read costs 1 and a write 5. GitHub: 900 for one endpoint; here they are counted for all together.</summary>
    public int PointsPerMinute { get; init; } = 800;

    /// <summary>Writes that may go without a pause; the ones after them go one a second.</summary>
    public int WritesAtOnce { get; init; } = 24;

    /// <summary>Requests on their way at a time. GitHub: 100.</summary>
    public int Concurrent { get; init; } = 30;

    /// <summary>How long a call waits for its turn at most; one that would have to wait longer is refused with the time to come again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Percent of the hour's requests that work without haste leaves for the rest.</summary>
    public int BackgroundReservePercent { get; init; } = 10;

    /// <summary>Percent of the hour's requests that nothing but a reaction uses: other processes may be on their way with theirs.</summary>
    public int ReservePercent { get; init; } = 2;

    /// <summary>Processes that work for the same installations; each takes its part of the numbers above.</summary>
    public int Processes { get; init; } = 1;
}
