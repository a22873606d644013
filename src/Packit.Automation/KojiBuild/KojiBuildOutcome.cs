using Packit.Automation.Failures;

namespace Packit.Automation.KojiBuild;

/// <summary>How an attempt to submit a build ended.</summary>
public abstract record KojiBuildOutcome
{
    private KojiBuildOutcome()
    {
    }

    /// <summary>Koji has it.</summary>
    /// <param name="Task">Where.</param>
    /// <param name="Nvr">As what it is built; null when that is not known, which a scratch build needs not.</param>
    public sealed record Submitted(BuildPlace Task, string? Nvr) : KojiBuildOutcome;

    /// <summary>Left alone on purpose.</summary>
    /// <param name="Reason">One sentence for the maintainer.</param>
    /// <param name="Nvr">What would have been built; null when that was not looked at.</param>
    /// <param name="Other">The build that stands there already.</param>
    public sealed record Skipped(string Reason, string? Nvr = null, BuildPlace? Other = null) : KojiBuildOutcome;

    /// <summary>Not done.</summary>
    /// <param name="Failure">Why; transient ones are tried again.</param>
    /// <param name="Nvr">What was to be built; null when that is not known.</param>
    /// <param name="Asked">A pause that the remote asked for.</param>
    public sealed record Failed(Failure Failure, string? Nvr = null, TimeSpan? Asked = null) : KojiBuildOutcome;
}

/// <summary>Where a build is in Koji.</summary>
/// <param name="TaskId">Number of its task; null for an imported build.</param>
/// <param name="BuildId">Number of the build; null before there is one.</param>
/// <param name="WebUrl">Its page.</param>
public sealed record BuildPlace(long? TaskId, long? BuildId, string WebUrl);
