using Packit.PackageConfig.Schema;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Normalising;

/// <summary>Reads <c>packages</c>, or makes the one package of a file without it.</summary>
internal sealed class PackageReader(ReadingContext context)
{
    private static readonly TextShape PackageKey = new(TextRules.PackageName);

    /// <summary>True when a spec file was looked for in the repository.</summary>
    public bool Searched { get; private set; }

    /// <summary>Reads the settings of one package or of a job's package.</summary>
    public static SettingsLayer ReadLayer(YamlNode node, ConfigPath path, ReadingContext context)
    {
        if (node is YamlMapping mapping)
        {
            return SettingsLayer.Read(mapping.Entries, path, context, _ => false);
        }

        context.Problems.Error(ProblemCodes.WrongType, node, path, $"Expected a mapping with settings, but this is {node.Kind}.", "Write `{}` for none.");
        return SettingsLayer.Empty;
    }

    /// <param name="packages">The value of <c>packages</c>; null when the file has none.</param>
    /// <param name="top">What the top of the file says.</param>
    /// <param name="root">The file, for positions.</param>
    /// <returns>Each package with the layers of top and package merged and their defaults set.</returns>
    public OrderedDictionary<string, SettingsLayer> Read(YamlNode? packages, SettingsLayer top, YamlMapping root)
    {
        var result = new OrderedDictionary<string, SettingsLayer>(StringComparer.Ordinal);
        if (packages is null)
        {
            var layer = WithDefaults(top, context.Source.RepositoryName, root);
            result[layer.Get(SettingKeys.DownstreamPackageName)!] = layer;
            return result;
        }

        var path = ConfigPath.Root.Key(JobKeys.Packages);
        if (packages is not YamlMapping mapping)
        {
            context.Problems.Error(
                ProblemCodes.WrongType, packages, path, $"Expected a mapping of package names to their settings, but this is {packages.Kind}.", "Write `packages: {NAME: {...}}`.");
            return result;
        }

        foreach (var entry in mapping.Entries)
        {
            var own = ReadLayer(entry.Value, path.Key(entry.Name), context);
            var merged = top.With(own);
            if (top.Get(SettingKeys.UpstreamProjectUrl) is { } url)
            {
                // Packit: the project of the file is the project of all its packages.
                merged = merged.With(SettingKeys.UpstreamProjectUrl, url);
            }

            PackageKey.Read(entry.Key.AsText(), path, context.Problems);
            result[entry.Name] = WithDefaults(merged, DefaultName(entry.Name, merged), entry.Key);
        }

        if (result.Count == 0)
        {
            context.Problems.Error(ProblemCodes.WrongValue, packages, path, "`packages` has no package.", "Define one, or remove `packages`.");
        }

        return result;
    }

    /// <summary>
    /// The package's key, as Packit's documentation has it. Packit's code takes the name of the repository; projects whose keys are only
    /// labels (<c>upstream</c>, <c>downstream</c>) rely on that, and are known by a spec file that is named after the repository.
    /// </summary>
    private string DefaultName(string key, SettingsLayer merged) =>
        Path.GetFileName(merged.Get(SettingKeys.SpecfilePath)) == context.Source.RepositoryName + ".spec" ? context.Source.RepositoryName : key;

    private SettingsLayer WithDefaults(SettingsLayer layer, string defaultDownstreamName, YamlNode node)
    {
        var written = layer.Get(SettingKeys.DownstreamPackageName);
        if (string.IsNullOrEmpty(layer.Get(SettingKeys.SpecfilePath)))
        {
            layer = layer.With(SettingKeys.SpecfilePath, string.IsNullOrEmpty(written) ? SearchSpecfile(node) : written + ".spec");
        }

        if (string.IsNullOrEmpty(written))
        {
            layer = layer.With(SettingKeys.DownstreamPackageName, defaultDownstreamName);
        }

        return string.IsNullOrEmpty(layer.Get(SettingKeys.UpstreamPackageName))
            ? layer.With(SettingKeys.UpstreamPackageName, context.Source.RepositoryName)
            : layer;
    }

    /// <summary>The first spec file in the order of the forge's listing.</summary>
    private string? SearchSpecfile(YamlNode node)
    {
        Searched = true;
        var path = ConfigPath.Root.Key(SettingKeys.SpecfilePath.Name);
        if (context.Source.TopLevelFiles is not { } files)
        {
            var guess = context.Source.RepositoryName + ".spec";
            context.Problems.Warning(
                ProblemCodes.SpecfileGuessed, node, path, $"`specfile_path` is not set; `{guess}` is assumed, because the files of the repository are not known here.",
                $"Add `specfile_path: {guess}`.");
            return guess;
        }

        string[] specs = [.. files.Where(f => f.Length > ".spec".Length && f.EndsWith(".spec", StringComparison.Ordinal))];
        if (specs.Length > 1)
        {
            context.Problems.Warning(
                ProblemCodes.SpecfileGuessed, node, path, $"`specfile_path` is not set and there are several spec files; `{specs[0]}` is used.", $"Add `specfile_path: {specs[0]}`.");
        }

        return specs.FirstOrDefault();
    }
}
