using Packit.PackageConfig.Normalising;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig;

/// <summary>
/// Reads a configuration file. The content is foreign: size, depth, number of values and aliases are bounded, tags are refused, and every
/// problem is an entry of the result with its position; nothing that a file can hold makes this throw.
/// </summary>
public static class PackageConfigReader
{
    /// <summary>What <see cref="Read"/> says about a file of this many bytes, for those who know its size and can spare fetching it.</summary>
    /// <returns>Null when the file is small enough to be read.</returns>
    public static ConfigReading? RefuseBySize(long bytes)
    {
        var problems = new ProblemList();
        return YamlText.IsTooLarge(bytes, problems) ? new ConfigReading(null, problems.InFileOrder()) : null;
    }

    /// <summary>Reads and normalises a file.</summary>
    /// <param name="bytes">The file, UTF-8. An empty file is an empty mapping: everything has its default.</param>
    /// <param name="source">Where it comes from.</param>
    /// <returns>The configuration, or null when there are errors, and all problems at once.</returns>
    public static ConfigReading Read(ReadOnlyMemory<byte> bytes, ConfigSource source)
    {
        var problems = new ProblemList();
        var root = YamlReader.Read(bytes.Span, problems);
        PackitConfig? config = null;
        switch (root)
        {
            case null when problems.HasErrors:
                break;
            case null or YamlScalar { ScalarKind: ScalarKind.Null }:
                config = new Normaliser(new ReadingContext(source, problems)).Normalise(new YamlMapping(1, 1));
                break;
            case YamlMapping mapping:
                config = new Normaliser(new ReadingContext(source, problems)).Normalise(mapping);
                break;
            default:
                problems.Error(
                    ProblemCodes.WrongType, root, ConfigPath.Root, $"Expected a mapping at the top of the file, but this is {root.Kind}.", "Write `key: value` lines.");
                break;
        }

        return new ConfigReading(config, problems.InFileOrder());
    }
}
