namespace Packit.FedoraMessaging;

/// <summary>Pauses that double up to a limit, with a little chance in them, so that many do not come back at the same moment.</summary>
internal sealed class GrowingPause(TimeSpan first, TimeSpan longest)
{
    private const double Spread = 0.2;

    private int _doublings;

    /// <summary>The pause to make now.</summary>
    public TimeSpan Next()
    {
        var grown = first * (1L << _doublings);
        var pause = grown < longest ? grown : longest;
        _doublings = grown < longest ? _doublings + 1 : _doublings;
        return pause * (1 - (Spread * Random.Shared.NextDouble()));
    }

    public void Reset() => _doublings = 0;
}
