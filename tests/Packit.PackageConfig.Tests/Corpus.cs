using System.Text.Json.Nodes;

namespace Packit.PackageConfig.Tests;

/// <summary>Real configuration files with what the established parser makes of them; kept beside the repository, not in it.</summary>
internal static class Corpus
{
    private static readonly string? Root = Find();

    /// <summary>Directory of the corpora; skips the test when this checkout has none beside it.</summary>
    public static string Directory
    {
        get
        {
            Assert.SkipWhen(Root is null, "The corpora (../shared/corpora beside the repository) are not on this machine.");
            return Root!;
        }
    }

    public static IEnumerable<CorpusConfig> Configs() => System.IO.Directory
        .EnumerateFiles(Path.Combine(Directory, "configs"))
        .Order(StringComparer.Ordinal)
        .Select(file => new CorpusConfig(
            Path.GetFileName(file),
            File.ReadAllBytes(file),
            JsonNode.Parse(File.ReadAllBytes(Path.Combine(Directory, "expected", "configs", Path.GetFileName(file) + ".json")))!.AsObject()));

    public static JsonObject Json(params string[] path) => JsonNode.Parse(File.ReadAllBytes(Path.Combine([Directory, .. path])))!.AsObject();

    public static IEnumerable<string[]> Table(string name) => File
        .ReadLines(Path.Combine(Directory, "expected", name))
        .Select(line => line.Split('\t').Select(c => c.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)).ToArray());

    private static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "shared", "corpora");
            if (System.IO.Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>One file of the corpus.</summary>
internal sealed record CorpusConfig(string Name, byte[] Bytes, JsonObject Expected)
{
    public bool IsAccepted => (bool)Expected["ok"]!;

    public string RepositoryName => (string)Expected["input"]!["repo_name"]!;

    public ConfigReading Read() => PackageConfigReader.Read(Bytes, new ConfigSource
    {
        RepositoryName = RepositoryName,
        FileName = (string)Expected["input"]!["config_file_path"]!,
        TopLevelFiles = ["README.md", RepositoryName + ".spec"],
    });
}
