namespace Packit.Automation.Storage;

/// <summary>How an installation of the App stands with GitHub's limits, as far as was noted last.</summary>
public sealed class RateState
{
    public required long InstallationId { get; init; }

    /// <summary>The counted family of calls, such as <c>core</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>Requests per hour; 0 as long as GitHub has not said.</summary>
    public required int Limit { get; set; }

    public required int Remaining { get; set; }

    public required DateTimeOffset ResetsAt { get; set; }

    /// <summary>Until when work is delayed; null when none is. Past this time it is not, whatever the row says.</summary>
    public DateTimeOffset? BlockedUntil { get; set; }

    /// <summary>Since when work is delayed; null when none is.</summary>
    public DateTimeOffset? DelayedSince { get; set; }

    /// <summary>Why it is delayed; null when it is not.</summary>
    public RateCause? Cause { get; set; }

    public required DateTimeOffset NotedAt { get; set; }
}

/// <summary>Why calls to GitHub are held back.</summary>
public enum RateCause
{
    /// <summary>They come faster than is good.</summary>
    [WireName("pace")]
    Pace,

    /// <summary>Few of the hour's requests are left.</summary>
    [WireName("low_budget")]
    LowBudget,

    /// <summary>GitHub said that a secondary limit was met.</summary>
    [WireName("secondary_limit")]
    SecondaryLimit,

    /// <summary>None of the hour's requests is left.</summary>
    [WireName("primary_limit")]
    PrimaryLimit,
}
