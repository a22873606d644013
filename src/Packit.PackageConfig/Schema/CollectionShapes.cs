using System.Text.Json.Nodes;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Schema;

/// <summary>A list of items of one shape.</summary>
/// <param name="item">Shape of the items.</param>
/// <param name="allowSingle">True: one item may stand without the list around it.</param>
internal sealed class ListShape<T>(ValueShape<T> item, bool allowSingle = false) : ValueShape<IReadOnlyList<T>>
{
    public override string Expected => allowSingle ? $"{item.Expected} or a list of them" : "a list";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        if (node is not YamlSequence sequence)
        {
            if (allowSingle && node is YamlScalar { ScalarKind: not ScalarKind.Null })
            {
                return item.Read(node, path, problems) is T single ? (IReadOnlyList<T>)[single] : null;
            }

            return WrongType(node, path, problems, node is YamlScalar { ScalarKind: ScalarKind.Text } scalar ? $"Write it as a list: [{scalar.Text}]." : null);
        }

        var items = new List<T>(sequence.Items.Count);
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (item.Read(sequence.Items[i], path.Index(i), problems) is T value)
            {
                items.Add(value);
            }
        }

        return items;
    }

    public override JsonObject Schema()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        return allowSingle ? new JsonObject { ["anyOf"] = new JsonArray(item.Schema(), list) } : list;
    }
}

/// <summary>A mapping of free form.</summary>
internal sealed class FreeMapShape : ValueShape<ConfigMap>
{
    public override string Expected => "a mapping";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems) =>
        node is YamlMapping mapping ? YamlValues.ConvertMapping(mapping) : WrongType(node, path, problems);

    public override JsonObject Schema() => new() { ["type"] = "object" };
}

/// <summary>RPM macros: names to definitions; null undefines.</summary>
internal sealed class MacrosShape : ValueShape<IReadOnlyDictionary<string, string?>>
{
    public override string Expected => "a mapping of macro names to definitions";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        if (node is not YamlMapping mapping)
        {
            return WrongType(node, path, problems);
        }

        var macros = new OrderedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            if (entry.Value is YamlScalar { ScalarKind: ScalarKind.Null })
            {
                macros[entry.Name] = null;
            }
            else if (TextShape.Plain.Read(entry.Value, path.Key(entry.Name), problems) is string text)
            {
                macros[entry.Name] = text;
            }
        }

        return macros;
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
    };
}

/// <summary>Targets of builds and tests: names, or names with their own options.</summary>
internal sealed class TargetsShape : ValueShape<ConfigValue>
{
    private static readonly ListShape<string> Names = new(TextShape.Plain, allowSingle: true);

    public override string Expected => "a target, a list of targets, or a mapping of targets to their options";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries.Where(e => e.Value is not YamlMapping))
                {
                    problems.Error(
                        ProblemCodes.WrongType, entry.Value, path.Key(entry.Name),
                        $"Expected a mapping with the options of the target `{entry.Name}`, but this is {entry.Value.Kind}.", $"Write `{entry.Name}: {{}}` for none.");
                }

                return YamlValues.ConvertMapping(mapping);
            case YamlSequence or YamlScalar { ScalarKind: not ScalarKind.Null }:
                return Names.Read(node, path, problems) is IReadOnlyList<string> names ? new ConfigList([.. names.Select(n => new ConfigText(n))]) : null;
            default:
                return WrongType(node, path, problems);
        }
    }

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            Names.Schema(),
            new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "object" } }),
    };
}
