namespace Packit.Automation.Storage;

/// <summary>How an installation of the App stands with GitHub's limits, as far as was noted last.</summary>
public sealed class RateState
{
    public required long InstallationId { get; init; }

    /// <summary>The counted family of calls, such as <c>core</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>Requests per hour.</summary>
    public required int Limit { get; set; }

    public required int Remaining { get; set; }

    public required DateTimeOffset ResetsAt { get; set; }

    /// <summary>Nothing is sent before; null when nothing stands against it.</summary>
    public DateTimeOffset? BlockedUntil { get; set; }

    /// <summary>Since when work is delayed; null when none is.</summary>
    public DateTimeOffset? DelayedSince { get; set; }

    /// <summary>Why it is delayed, one sentence.</summary>
    public string? Reason { get; set; }

    public required DateTimeOffset NotedAt { get; set; }
}
