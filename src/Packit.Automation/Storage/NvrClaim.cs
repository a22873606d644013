namespace Packit.Automation.Storage;

/// <summary>
/// The right to make the one build, or the one update, of an NVR, so that two workers never make the same. Unique by kind and NVR; taken before
/// the remote is asked to make it. It counts for as long as its row is open: what has ended loses it to whoever wants it next, and a build
/// gives it back besides.
/// </summary>
public sealed class NvrClaim
{
    public long Id { get; init; }

    public required NvrClaimKind Kind { get; init; }

    public required string Nvr { get; init; }

    /// <summary>The row of a build or of an update, by <see cref="Kind"/>.</summary>
    public required int TargetId { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }
}

/// <summary>What an NVR is claimed for.</summary>
public enum NvrClaimKind
{
    [WireName("koji_build")]
    KojiBuild,

    [WireName("bodhi_update")]
    BodhiUpdate,
}
