using Packit.PackageConfig;

namespace Packit.Service.Commands;

/// <summary>A package config on disk, read the way the service would read it in its repository.</summary>
internal static class ConfigFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="repositoryName">Name of its repository; null to take the name of the folder it is in.</param>
    public static ConfigReading Read(string path, ReadOnlyMemory<byte> bytes, string? repositoryName)
    {
        var folder = path == InputFile.StandardInput ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(path));
        var name = Path.GetFileName(path);
        var inPlace = ConfigFileNames.InOrder.Contains(name);
        return PackageConfigReader.Read(bytes, new ConfigSource
        {
            RepositoryName = repositoryName ?? (Path.GetFileName(folder) is { Length: > 0 } parent ? parent : "repository"),
            FileName = inPlace ? name : NameInRepository(name),
            TopLevelFiles = inPlace ? Neighbours(folder) : null,
        });
    }

    // A copy that was saved as project.packit.yml was .packit.yml in its repository.
    private static string NameInRepository(string copy) =>
        ConfigFileNames.InOrder.FirstOrDefault(name => copy.EndsWith(name, StringComparison.Ordinal)) ?? ConfigFileNames.InOrder[0];

    // Without a spec file beside it, the config was copied somewhere to be looked at: then nothing is known about its repository.
    private static List<string>? Neighbours(string? folder)
    {
        if (folder is null)
        {
            return null;
        }

        var names = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        return names.Exists(file => file.EndsWith(".spec", StringComparison.Ordinal)) ? names : null;
    }
}
