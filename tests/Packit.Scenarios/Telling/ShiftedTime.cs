namespace Packit.Scenarios.Telling;

/// <summary>The real clock, moved forward by hand. Timers run as they do; what compares instants sees the moved time.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow().AddTicks(Interlocked.Read(ref _shift));

    public void Forward(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
