using Packit.Automation.Failures;

namespace Packit.Automation.ProposeDownstream;

/// <summary>How an attempt at a target ended.</summary>
public abstract record TargetOutcome
{
    private TargetOutcome()
    {
    }

    /// <summary>The pull request stands.</summary>
    /// <param name="Version">The proposed version.</param>
    /// <param name="CommitSha">Head of the working branch.</param>
    /// <param name="Diff">The change as a unified diff, clipped.</param>
    public sealed record Submitted(string Version, string CommitSha, string Diff) : TargetOutcome;

    /// <summary>Left alone on purpose.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Code">Stable code, where something can be done about it; null else.</param>
    public sealed record Skipped(string Reason, string? Code = null) : TargetOutcome;

    /// <summary>Waits until somebody on the package's side agrees.</summary>
    /// <param name="Text">Who, and where it is asked.</param>
    /// <param name="Until">When the waiting ends.</param>
    /// <param name="Asked">What the pull request shows that asks; null when another branch asks.</param>
    public sealed record Awaits(string Text, DateTimeOffset Until, Submitted? Asked) : TargetOutcome;

    /// <summary>Not done.</summary>
    /// <param name="Failure">Why; transient ones are tried again.</param>
    /// <param name="Asked">A pause that the remote asked for.</param>
    public sealed record Failed(Failure Failure, TimeSpan? Asked = null) : TargetOutcome;
}
