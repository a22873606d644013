using System.Globalization;

namespace Packit.PackageConfig.Yaml;

/// <summary>From nodes to values of free form.</summary>
internal static class YamlValues
{
    public static ConfigValue Convert(YamlNode node) => node switch
    {
        YamlMapping mapping => ConvertMapping(mapping),
        YamlSequence sequence => new ConfigList([.. sequence.Items.Select(Convert)]),
        YamlScalar scalar => ConvertScalar(scalar),
        _ => throw new InvalidOperationException("A YAML node of unknown kind."),
    };

    public static ConfigMap ConvertMapping(YamlMapping mapping)
    {
        var entries = new OrderedDictionary<string, ConfigValue>(mapping.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            entries[entry.Name] = Convert(entry.Value);
        }

        return new ConfigMap(entries);
    }

    private static ConfigValue ConvertScalar(YamlScalar scalar) => scalar.ScalarKind switch
    {
        ScalarKind.Null => ConfigNull.Value,
        ScalarKind.Bool => new ConfigBool(scalar.AsBool),
        ScalarKind.Integer when scalar.AsInteger is { } integer => new ConfigInteger(integer),
        ScalarKind.Number when double.TryParse(
            scalar.Text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => new ConfigNumber(number),
        _ => new ConfigText(scalar.Text),
    };
}
