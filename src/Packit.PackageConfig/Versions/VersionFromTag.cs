namespace Packit.PackageConfig;

/// <summary>What version a tag stands for: exactly one of the two is set.</summary>
/// <param name="Version">The version, never empty.</param>
/// <param name="Error">Why there is none, as shown to users.</param>
public sealed record VersionFromTag(string? Version, string? Error);
