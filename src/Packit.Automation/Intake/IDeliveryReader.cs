using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>Reads a stored delivery: turns it into an event, decides which jobs run, and schedules them. May be called again for the same row.</summary>
public interface IDeliveryReader
{
    /// <summary>
    /// Decides at once what needs nothing but the delivery itself: the bus speaks of thousands of things that concern nobody here. Must not wait
    /// for anything.
    /// </summary>
    /// <returns>What came of it; null when it has to be read.</returns>
    DeliveryOutcome? Glance(InboxDelivery delivery) => null;

    /// <summary>Reads one delivery.</summary>
    /// <returns>What came of it; the caller stores it in the row.</returns>
    Task<DeliveryOutcome> ReadAsync(InboxDelivery delivery, CancellationToken cancellationToken);
}

/// <summary>What came of reading a delivery.</summary>
public abstract record DeliveryOutcome(string Text)
{
    /// <summary>Read to the end, with or without jobs.</summary>
    public sealed record Handled(string Text) : DeliveryOutcome(Text);

    /// <summary>Not readable; kept as evidence, never tried again.</summary>
    public sealed record Rejected(string Text) : DeliveryOutcome(Text);

    /// <summary>A remote that is needed is away; to be read again.</summary>
    /// <param name="Text">What is waited for.</param>
    /// <param name="After">The pause; null lets the reader's own schedule decide.</param>
    public sealed record Later(string Text, TimeSpan? After = null) : DeliveryOutcome(Text);

    /// <summary>Reading it cannot succeed.</summary>
    public sealed record Failed(string Text) : DeliveryOutcome(Text);
}
