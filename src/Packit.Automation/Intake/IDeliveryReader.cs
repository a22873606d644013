namespace Packit.Automation.Intake;

/// <summary>Reads a stored delivery: turns it into an event, decides which jobs run, and schedules them. May be called again for the same row.</summary>
public interface IDeliveryReader
{
    /// <summary>
    /// Decides at once what needs nothing but the delivery itself: the bus speaks of thousands of things that concern nobody here. Must not wait
    /// for anything.
    /// </summary>
    /// <returns>The delivery with what its body says, and with its outcome when it need not be read.</returns>
    ClaimedDelivery Glance(ClaimedDelivery delivery) => delivery;

    /// <summary>Decides for many deliveries together what the database can tell about all of them at once. Must not wait for any remote.</summary>
    /// <param name="deliveries">Those whose glance decided nothing.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>The same deliveries, with their outcomes as far as they need not be read.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    Task<IReadOnlyList<ClaimedDelivery>> SiftAsync(IReadOnlyList<ClaimedDelivery> deliveries, CancellationToken cancellationToken) =>
        Task.FromResult(deliveries);

    /// <summary>Keeps what those deliveries are about that were decided at a glance, for who looks for them.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    Task NoteAsync(IReadOnlyList<ClaimedDelivery> decided, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads one delivery.</summary>
    /// <returns>What came of it; the caller stores it in the row.</returns>
    Task<DeliveryOutcome> ReadAsync(ClaimedDelivery delivery, CancellationToken cancellationToken);
}

/// <summary>What came of reading a delivery.</summary>
public abstract record DeliveryOutcome(string Text)
{
    /// <summary>Read to the end, with or without jobs.</summary>
    public sealed record Handled(string Text) : DeliveryOutcome(Text)
    {
        /// <summary>Whether it moved on something that another delivery had started; why is stored with this one, too.</summary>
        public bool MovedOn { get; init; }
    }

    /// <summary>Not readable; kept as evidence, never tried again.</summary>
    public sealed record Rejected(string Text) : DeliveryOutcome(Text);

    /// <summary>Something that is needed is not there; to be read again, for as long as there is patience with it.</summary>
    /// <param name="Text">What is waited for.</param>
    /// <param name="After">The pause; null lets the reader's own schedule decide.</param>
    /// <param name="For">What kind of thing is waited for.</param>
    public sealed record Later(string Text, TimeSpan? After = null, WaitingFor For = WaitingFor.Remote) : DeliveryOutcome(Text);

    /// <summary>Reading it cannot succeed.</summary>
    public sealed record Failed(string Text) : DeliveryOutcome(Text);
}

/// <summary>What a delivery that is read again waits for: it says how long the patience is.</summary>
public enum WaitingFor
{
    /// <summary>A remote that is away or asks to slow down; outages last hours or days (<see cref="InboxOptions.Patience"/>).</summary>
    Remote,

    /// <summary>Something that a remote which answers does not show yet (<see cref="InboxOptions.VisibilityPatience"/>).</summary>
    Visibility,

    /// <summary>A place in which somebody is to be told what came of a request, also when it is too late to do it (<see cref="InboxOptions.AnswerPatience"/>).</summary>
    Answer,

    /// <summary>A bug that may not show again (<see cref="InboxOptions.MaxFaults"/>).</summary>
    Repair,
}
