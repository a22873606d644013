namespace Packit.PackageConfig;

/// <summary>A version as RPM writes it.</summary>
/// <param name="Version">With <c>~</c> before a pre-release suffix, so that RPM sorts it before the final version.</param>
/// <param name="Suffix">The suffix without its delimiter, e.g. <c>rc1</c>; null for a final version.</param>
public sealed record RpmVersion(string Version, string? Suffix);
