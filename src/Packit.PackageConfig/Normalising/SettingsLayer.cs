using Packit.PackageConfig.Schema;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Normalising;

/// <summary>The settings that one mapping of the file names. A higher layer replaces values as a whole, it does not merge into them.</summary>
internal sealed class SettingsLayer
{
    private readonly object?[] _values;

    private SettingsLayer(object?[] values)
    {
        _values = values;
    }

    public static SettingsLayer Empty { get; } = new(new object?[SettingKeys.All.Count]);

    /// <summary>A layer with one value.</summary>
    public static SettingsLayer Of(ConfigKey key, object value)
    {
        var values = new object?[SettingKeys.All.Count];
        values[key.Index] = value;
        return new SettingsLayer(values);
    }

    /// <summary>Reads the entries of a mapping; problems are reported where they are.</summary>
    public static SettingsLayer Read(IEnumerable<YamlEntry> entries, ConfigPath path, ReadingContext context, Func<YamlEntry, bool> onUnknown)
    {
        object?[]? values = null;
        foreach (var entry in entries)
        {
            if (!SettingKeys.ByName.TryGetValue(entry.Name, out var key))
            {
                if (!onUnknown(entry))
                {
                    UnknownKeys.Report(entry, path, context.KnownNames, context.Problems, Placement.Of(entry.Name));
                }

                continue;
            }

            var at = path.Key(key.Name);
            if (key.MayBeEmpty && entry.Value is YamlScalar { ScalarKind: ScalarKind.Null })
            {
                context.Problems.Warning(
                    ProblemCodes.EmptyValue, entry.Key, at, $"`{key.Name}` has no value and counts as not set.", "Give it a value or remove the key.");
                continue;
            }

            var value = key.Shape.Read(entry.Value, at, context.Problems);
            (values ??= new object?[SettingKeys.All.Count])[key.Index] = value;
            if (key == SettingKeys.DistGitBranches && value is DistGitBranches branches)
            {
                AliasWarnings.Check(branches, entry.Value, at, context);
            }
        }

        return values is null ? Empty : new SettingsLayer(values);
    }

    /// <summary>The value of a key, or null when this layer does not name it.</summary>
    public T? Get<T>(ConfigKey<T> key)
        where T : class => (T?)_values[key.Index];

    public T Get<T>(ConfigKey<T> key, T fallback) => _values[key.Index] is { } value ? (T)value : fallback;

    public object? Get(ConfigKey key) => _values[key.Index];

    /// <summary>This layer with <paramref name="higher"/> above it.</summary>
    public SettingsLayer With(SettingsLayer? higher)
    {
        if (higher is null || higher == Empty)
        {
            return this;
        }

        if (this == Empty)
        {
            return higher;
        }

        var values = (object?[])_values.Clone();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = higher._values[i] ?? values[i];
        }

        return new SettingsLayer(values);
    }

    /// <summary>This layer with one value set.</summary>
    public SettingsLayer With<T>(ConfigKey<T> key, T? value)
        where T : class
    {
        var values = (object?[])_values.Clone();
        values[key.Index] = value;
        return new SettingsLayer(values);
    }
}
