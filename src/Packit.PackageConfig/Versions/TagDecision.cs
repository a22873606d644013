namespace Packit.PackageConfig;

/// <summary>Whether a release with some tag is wanted.</summary>
/// <param name="IsAccepted">True when it is.</param>
/// <param name="Reason">Why not; null when accepted.</param>
public sealed record TagDecision(bool IsAccepted, string? Reason)
{
    internal static TagDecision Yes { get; } = new(IsAccepted: true, Reason: null);

    internal static TagDecision No(string reason) => new(IsAccepted: false, reason);
}
