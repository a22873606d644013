using System.ComponentModel.DataAnnotations;
using Packit.GitHub;

namespace Packit.Automation.Settings;

/// <summary>
/// How fast the worker goes at GitHub, for each installation, so that GitHub's secondary limits are never met; and what is left of the hour's
/// requests for whom. Section <c>GitHub:Limits</c>.
/// </summary>
public sealed record GitHubLimitSettings
{
    public const string Section = "GitHub:Limits";

    private static readonly GitHubLimits Defaults = new();

    /// <summary>Requests in a minute that create something: issues, comments, reactions, check runs, statuses. GitHub documents 80.</summary>
    [Range(3, 1_000_000)]
    public int ContentPerMinute { get; init; } = Defaults.ContentPerMinute;

    /// <summary>The same in an hour. GitHub documents 500.</summary>
    [Range(3, 1_000_000)]
    public int ContentPerHour { get; init; } = Defaults.ContentPerHour;

    /// <summary>Points in a minute, of which a read costs 1 and a write 5. GitHub documents 900.</summary>
    [Range(15, 1_000_000)]
    public int PointsPerMinute { get; init; } = Defaults.PointsPerMinute;

    /// <summary>Writes that may go without a pause; those after them go one a second.</summary>
    [Range(1, 1_000_000)]
    public int WritesAtOnce { get; init; } = Defaults.WritesAtOnce;

    /// <summary>Requests on their way at a time. GitHub documents 100.</summary>
    [Range(1, 100)]
    public int Concurrent { get; init; } = Defaults.Concurrent;

    /// <summary>Seconds that a call waits for its turn at most; work whose call would wait longer is put off.</summary>
    [Range(0, 30)]
    public double LongestWaitSeconds { get; init; } = Defaults.LongestWait.TotalSeconds;

    /// <summary>Percent of the hour's requests below which config checks and repetitions wait until the hour is over.</summary>
    [Range(0, 90)]
    public int BackgroundReservePercent { get; init; } = Defaults.BackgroundReservePercent;

    /// <summary>Percent of the hour's requests below which releases and commands wait too.</summary>
    [Range(0, 90)]
    public int ReservePercent { get; init; } = Defaults.ReservePercent;

    /// <summary>Worker processes of this deployment; each takes its part of the numbers above.</summary>
    [Range(1, 100)]
    public int Processes { get; init; } = Defaults.Processes;

    public GitHubLimits ToLimits() => new()
    {
        ContentPerMinute = ContentPerMinute,
        ContentPerHour = ContentPerHour,
        PointsPerMinute = PointsPerMinute,
        WritesAtOnce = WritesAtOnce,
        Concurrent = Concurrent,
        LongestWait = TimeSpan.FromSeconds(LongestWaitSeconds),
        BackgroundReservePercent = BackgroundReservePercent,
        ReservePercent = ReservePercent,
        Processes = Processes,
    };
}
