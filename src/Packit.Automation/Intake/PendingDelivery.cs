namespace Packit.Automation.Intake;

/// <summary>One sender that waits for its delivery to be stored. Either the writer takes it or the sender gives up, never both.</summary>
internal sealed class PendingDelivery(IncomingDelivery delivery, DateTimeOffset receivedAt)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int GivenUp = 2;

    private readonly TaskCompletionSource<StoreOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;

    public IncomingDelivery Delivery { get; } = delivery;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <exception cref="TimeoutException">There is no outcome yet.</exception>
    public Task<StoreOutcome> OutcomeWithin(TimeSpan limit, TimeProvider time) => _outcome.Task.WaitAsync(limit, time);

    /// <summary>The writer is about to store it.</summary>
    /// <returns>False when the sender has gone: it must not be stored any more.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>The sender waits no longer. A delivery that the writer has taken may be stored all the same, which is no harm: its repetition is recognised.</summary>
    public void GiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Waiting);

    public void Complete(StoreOutcome outcome)
    {
        Delivery.BodyOwner?.Dispose();
        _outcome.TrySetResult(outcome);
    }
}
