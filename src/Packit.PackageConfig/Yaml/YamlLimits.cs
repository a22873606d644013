namespace Packit.PackageConfig.Yaml;

/// <summary>
/// Bounds of a configuration file. Real files stay below a tenth of each. Expanded nodes, not aliases, are what an alias bomb needs,
/// so that the number of aliases may be generous: projects share target lists and job templates by them.
/// </summary>
internal static class YamlLimits
{
    public const int Bytes = 128 * 1024;
    public const int Depth = 32;
    public const int Nodes = 10_000;
    public const int Aliases = 128;
}
