namespace Packit.GitHub;

/// <summary>How an installation stands with GitHub's limits.</summary>
/// <param name="InstallationId">The installation; 0 for the App itself.</param>
/// <param name="Budget">What GitHub said last; null before its first answer.</param>
/// <param name="Delay">What work waits for; null when none does.</param>
public sealed record RateReport(long InstallationId, RateBudget? Budget, RateDelay? Delay);

/// <summary>Work waits.</summary>
/// <param name="Cause">What for.</param>
/// <param name="Since">When the first call was held back.</param>
/// <param name="Until">When the next one may go.</param>
public sealed record RateDelay(RateDelayCause Cause, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>Why calls are held back.</summary>
public enum RateDelayCause
{
    /// <summary>The calls come faster than GitHub likes, so the client slows them down by itself.</summary>
    Pace,

    /// <summary>Few of the hour's requests are left, and they are kept for what people wait for.</summary>
    LowBudget,

    /// <summary>GitHub said that a secondary limit was met.</summary>
    SecondaryLimit,

    /// <summary>None of the hour's requests is left.</summary>
    PrimaryLimit,
}

/// <summary>Hears how installations stand with the limits. Called within calls, from several threads: it must be quick and must not throw.</summary>
public interface IRateObserver
{
    void Noted(RateReport report);
}
