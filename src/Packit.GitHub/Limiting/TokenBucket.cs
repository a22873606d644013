namespace Packit.GitHub;

/// <summary>
/// A supply that refills steadily. In no window of length <c>w</c> more is taken than the capacity and what comes back in <c>w</c>.
/// Whoever takes more than is there has to wait until it has come back. Not safe for threads.
/// </summary>
/// <param name="capacity">How much may be taken at once; it is full at first.</param>
/// <param name="perSecond">How much comes back in a second.</param>
internal sealed class TokenBucket(double capacity, double perSecond)
{
    private double _level = capacity;
    private DateTimeOffset _at = DateTimeOffset.MinValue;

    public double Capacity { get; } = capacity;

    /// <summary>A bucket that lets at most <paramref name="most"/> through in any <paramref name="window"/>, a third of them at once.</summary>
    public static TokenBucket Within(double most, TimeSpan window)
    {
        var atOnce = Math.Max(1, most / 3);
        return new TokenBucket(atOnce, Math.Max(most - atOnce, 1) / window.TotalSeconds);
    }

    /// <summary>How long it takes until so much can be taken.</summary>
    /// <param name="cost">What is to be taken; more than the capacity counts as the capacity.</param>
    /// <param name="leave">What must be left then, for those who may take it.</param>
    /// <param name="now">The time.</param>
    public TimeSpan WaitFor(double cost, double leave, DateTimeOffset now)
    {
        Refill(now);
        var missing = Math.Min(cost + leave, Capacity) - _level;
        return missing <= 0 ? TimeSpan.Zero : TimeOf(missing);
    }

    /// <summary>How long it takes until so much has come back.</summary>
    public TimeSpan TimeOf(double cost) => TimeSpan.FromSeconds(cost / perSecond);

    /// <summary>Takes it, also what has not come back yet.</summary>
    public void Take(double cost) => _level -= cost;

    private void Refill(DateTimeOffset now)
    {
        if (now > _at)
        {
            // A clock that was set back gives nothing; it does not take anything either.
            _level = _at == DateTimeOffset.MinValue ? Capacity : Math.Min(Capacity, _level + ((now - _at).TotalSeconds * perSecond));
            _at = now;
        }
    }
}
