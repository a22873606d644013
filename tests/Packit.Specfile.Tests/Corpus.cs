using System.Text.Json;

namespace Packit.Specfile.Tests;

/// <summary>Real specs with what established tools make of them, from the folder <c>shared</c> beside the repository, where it exists.</summary>
internal static class Corpus
{
    /// <summary>The macros the expectations were made with.</summary>
    public static MacroContext Macros { get; } = MacroContext.Empty.With("fedora", "40").With("dist", ".fc40");

    private static string? Root { get; } = Find();

    public static string PathOf(params string[] parts)
    {
        Assert.SkipWhen(Root is null, "The corpus of real specs (../shared/corpora) is not on this machine.");
        return Path.Combine([Root!, .. parts]);
    }

    public static IEnumerable<(string Name, byte[] Bytes)> Specs() =>
        Directory.GetFiles(PathOf("specs")).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)));

    /// <summary>
    /// What the established library found: with plain rpm where that can load the spec, else with substitutes for Fedora's macros;
    /// null when neither could.
    /// </summary>
    public static JsonElement? Expected(string spec)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(PathOf("expected", "specs", spec + ".json")));
        var plain = document.RootElement.Clone();
        if (plain.GetProperty("loads").ValueKind != JsonValueKind.False)
        {
            return plain;
        }

        return plain.TryGetProperty("with_fedora_shims", out var shims) && shims.GetProperty("loads").ValueKind == JsonValueKind.True ? shims : null;
    }

    public static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(PathOf("expected", file)).Select(static line => line.Split('\t'));

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "corpora");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
