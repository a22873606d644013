using Packit.Automation.Failures;

namespace Packit.Automation.BodhiUpdate;

/// <summary>How an attempt to create an update ended.</summary>
public abstract record UpdateOutcome
{
    private UpdateOutcome()
    {
    }

    /// <summary>The update is there, made by us.</summary>
    /// <param name="Update">As it stands.</param>
    /// <param name="Remarks">What its maintainers should know besides.</param>
    public sealed record Created(UpdateInBodhi Update, IReadOnlyList<string> Remarks) : UpdateOutcome;

    /// <summary>The update was there already, made by somebody else; it is followed all the same.</summary>
    public sealed record Adopted(UpdateInBodhi Update) : UpdateOutcome;

    /// <summary>Left alone on purpose.</summary>
    public sealed record Skipped(string Reason) : UpdateOutcome;

    /// <summary>It was not created.</summary>
    /// <param name="Failure">Why; transient ones are tried again.</param>
    /// <param name="Asked">The least pause before that.</param>
    public sealed record Failed(Failure Failure, TimeSpan? Asked = null) : UpdateOutcome;
}
