using System.Text.Json.Nodes;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Schema;

/// <summary>A field of a <see cref="RecordShape{T}"/>.</summary>
internal sealed record Field(string Name, ValueShape Shape, string Description, bool IsRequired = false);

/// <summary>The values of a record while it is built.</summary>
internal readonly struct FieldValues(Dictionary<string, object> values)
{
    public T Get<T>(string name, T fallback) => values.TryGetValue(name, out var value) ? (T)value : fallback;
}

/// <summary>A mapping with known keys.</summary>
internal sealed class RecordShape<T>(string what, IReadOnlyList<Field> fields, Func<FieldValues, T> build) : ValueShape<T>
    where T : notnull
{
    public override string Expected => what;

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        if (node is not YamlMapping mapping)
        {
            return WrongType(node, path, problems);
        }

        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var isComplete = true;
        foreach (var entry in mapping.Entries)
        {
            if (fields.FirstOrDefault(f => f.Name == entry.Name) is not { } field)
            {
                isComplete = false;
                UnknownKeys.Report(entry, path, fields.Select(f => f.Name), problems);
            }
            else if (field.Shape.Read(entry.Value, path.Key(field.Name), problems) is { } value)
            {
                values[field.Name] = value;
            }
            else
            {
                isComplete = false;
            }
        }

        foreach (var field in fields.Where(f => f.IsRequired && mapping.Find(f.Name) is null))
        {
            isComplete = false;
            problems.Error(ProblemCodes.MissingKey, node, path, $"`{field.Name}` is missing in {what}.", $"Add `{field.Name}:`.");
        }

        return isComplete ? build(new FieldValues(values)) : null;
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            var schema = field.Shape.Schema();
            schema["description"] = field.Description;
            properties[field.Name] = schema;
        }

        var result = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (fields.Any(f => f.IsRequired))
        {
            result["required"] = new JsonArray([.. fields.Where(f => f.IsRequired).Select(f => (JsonNode)f.Name)]);
        }

        return result;
    }
}
