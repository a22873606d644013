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
    public sealed record Skipped(string Reason) : TargetOutcome;

    /// <summary>Not done.</summary>
    /// <param name="Failure">Why; transient ones are tried again.</param>
    /// <param name="Asked">A pause that the remote asked for.</param>
    public sealed record Failed(Failure Failure, TimeSpan? Asked = null) : TargetOutcome;
}
