namespace Packit.Sandbox.Tests;

/// <summary>A clock that stands until a story moves it.</summary>
public sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan time) => _now += time;
}
