using Microsoft.Extensions.Options;
using Packit.Automation.Engine;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Failures;

/// <summary>
/// The patience with a remote that is away: as a delivery's, it is bounded by how long that lasts (<c>Engine:OutagePatience</c>), not by attempts.
/// An outage is no fault of the work that waits for its end.
/// </summary>
public sealed class OutagePatience(IOptions<EngineOptions> engine, TimeProvider time)
{
    /// <summary>Whether a failure says something about a remote and nothing about what was asked of it.</summary>
    /// <param name="failureCode">One of <see cref="FailureCodes"/>; null for none.</param>
    public static bool IsOutage(string? failureCode) => failureCode
        is FailureCodes.RemoteAway or FailureCodes.RemoteLimit or FailureCodes.RemoteCredentials
        or FailureCodes.KojiAnswerLost or FailureCodes.BodhiAnswerLost;

    /// <summary>Says how it goes on after an attempt that an outage ended.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="since">When the outage was met first; null when that is now.</param>
    /// <param name="schedule">The pauses; the last one is kept up.</param>
    /// <param name="retriesMade">How often it was tried again already.</param>
    /// <param name="asked">The pause that the remote asked for; null when it did not.</param>
    public OutageWait After(Failure failure, DateTimeOffset? since, IReadOnlyList<TimeSpan> schedule, int retriesMade, TimeSpan? asked)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(schedule);
        var now = time.GetUtcNow();
        var began = since ?? now;
        var until = began + engine.Value.OutagePatience;
        if (now >= until)
        {
            return new OutageWait(began, NextAttemptAt: null, retriesMade, RemoteTexts.GivenUp(failure.Text, began));
        }

        // A remote that names its own pause is given it, and does not make the next one longer.
        var pause = failure.Code == FailureCodes.RemoteLimit
            ? RetrySchedule.Asked(asked)
            : RetrySchedule.Next(schedule, Math.Min(retriesMade, schedule.Count - 1), asked)!.Value;
        return new OutageWait(
            began, now + pause, failure.Code == FailureCodes.RemoteLimit ? retriesMade : retriesMade + 1, RemoteTexts.TriedUntil(failure.Text, until));
    }
}

/// <summary>How it goes on after an attempt that an outage ended.</summary>
/// <param name="Since">When the outage was met first.</param>
/// <param name="NextAttemptAt">When it is tried again; null when it has lasted too long.</param>
/// <param name="Retries">How often it was tried again, with the next one.</param>
/// <param name="Text">What people read.</param>
public sealed record OutageWait(DateTimeOffset Since, DateTimeOffset? NextAttemptAt, int Retries, string Text)
{
    /// <summary>Puts a row off. What an outage ends is no failed attempt: it uses up no patience with anything else.</summary>
    /// <returns>Whether it goes on; if not, the outage has lasted too long.</returns>
    public bool PutOff(IOutageWaiter row)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.Delays++;
        if (NextAttemptAt is null)
        {
            return false;
        }

        (row.NextAttemptAt, row.Retries, row.AwaySince) = (NextAttemptAt, Retries, Since);
        return true;
    }
}
