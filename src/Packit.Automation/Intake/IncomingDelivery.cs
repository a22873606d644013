using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>A delivery whose authenticity was checked, on its way into the inbox.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="DeliveryId">Its identity at the source; see <see cref="IsValidName"/>.</param>
/// <param name="EventType">What it says it is; see <see cref="IsValidName"/>.</param>
/// <param name="Body">The body, byte for byte.</param>
/// <param name="BodyOwner">Owner of the memory of <paramref name="Body"/>. It passes to the inbox, which disposes it when the bytes are no longer needed:
/// possibly after the sender was answered.</param>
public sealed record IncomingDelivery(
    DeliverySource Source, string DeliveryId, string EventType, ReadOnlyMemory<byte> Body, IDisposable? BodyOwner = null)
{
    /// <summary>Why it is kept as evidence only and not read; null to have it read.</summary>
    public string? Rejection { get; init; }

    /// <summary>The state that its row begins with.</summary>
    internal DeliveryState FirstState => Rejection is null ? DeliveryState.Received : DeliveryState.Rejected;

    /// <summary>Longest delivery id and event type.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Whether a delivery id or an event type can be stored: 1 to 200 printable ASCII characters without spaces.</summary>
    public static bool IsValidName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxNameLength && name.IndexOfAnyExceptInRange('!', '~') < 0;
}

/// <summary>What became of an attempt to store a delivery.</summary>
public enum StoreOutcome
{
    /// <summary>It is on the disk of the database.</summary>
    Stored,

    /// <summary>It was there already; nothing was changed.</summary>
    Repeated,

    /// <summary>It could not be confirmed in time; the sender must send it again.</summary>
    Unavailable,
}
