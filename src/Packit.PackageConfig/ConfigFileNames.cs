namespace Packit.PackageConfig;

/// <summary>Where a project may keep its package configuration: the top directory of the repository, one of four names.</summary>
public static class ConfigFileNames
{
    /// <summary>The accepted names, most preferred first. With several in one repository the first of this list counts, always.</summary>
    public static IReadOnlyList<string> InOrder { get; } = [".packit.yaml", ".packit.yml", "packit.yaml", "packit.yml"];

    /// <summary>Picks the configuration file among the names at the top of a repository.</summary>
    /// <returns>The most preferred name that is there, or null when there is none.</returns>
    public static string? Choose(IEnumerable<string> topLevelFiles)
    {
        var present = topLevelFiles.ToHashSet(StringComparer.Ordinal);
        return InOrder.FirstOrDefault(present.Contains);
    }
}
