namespace Packit.PackageConfig;

/// <summary>What came out of reading a configuration file.</summary>
/// <param name="Config">The normalised configuration; null when there is at least one error.</param>
/// <param name="Problems">All errors and warnings, in file order.</param>
public sealed record ConfigReading(PackitConfig? Config, IReadOnlyList<ConfigProblem> Problems)
{
    /// <summary>True when the configuration can be used; warnings do not count against it.</summary>
    public bool IsValid => Config is not null;
}
