namespace Packit.Sandbox.GitHub;

/// <summary>GitHub's limits beside the hourly one, for each installation.</summary>
/// <remarks>GitHub: Rate limits for the REST API, "About secondary rate limits".</remarks>
public sealed record SecondaryLimits
{
    /// <summary>The numbers that GitHub documents.</summary>
    public static SecondaryLimits Documented { get; } = new();

    /// <summary>Requests in a minute that create something.</summary>
    public int ContentPerMinute { get; init; } = 80;

    /// <summary>The same in an hour.</summary>
    public int ContentPerHour { get; init; } = 500;

    /// <summary>Points in a minute; a read costs 1 and a write 5.</summary>
    public int PointsPerMinute { get; init; } = 900;

    /// <summary>Requests at a time.</summary>
    public int Concurrent { get; init; } = 100;

    /// <summary>What <c>Retry-After</c> says; null for an answer without it, as GitHub gives at times.</summary>
    public TimeSpan? RetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>403 or 429; GitHub gives either.</summary>
    public int Status { get; init; } = 403;
}
