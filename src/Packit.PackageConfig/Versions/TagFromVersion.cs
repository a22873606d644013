namespace Packit.PackageConfig;

/// <summary>What tag a version has: exactly one of the two is set.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Error">Why there is none, as shown to users.</param>
public sealed record TagFromVersion(string? Tag, string? Error);
