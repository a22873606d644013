using System.Text.Json.Nodes;

namespace Packit.PackageConfig.Schema;

/// <summary>A key that a package, a job or the whole file can have.</summary>
internal abstract class ConfigKey(int index, string name, ValueShape shape, string description, JsonNode? defaultValue)
{
    /// <summary>Place in a layer.</summary>
    public int Index { get; } = index;

    public string Name { get; } = name;

    public ValueShape Shape { get; } = shape;

    public string Description { get; } = description;

    /// <summary>For editors; null when there is no default or it depends on the repository.</summary>
    public JsonNode? Default { get; } = defaultValue;

    /// <summary>True for keys without meaning for this product, which are kept as they are.</summary>
    public bool IsOther { get; init; }

    /// <summary>True when a key without value counts as not set: nothing is its default. Elsewhere it is more likely a slip.</summary>
    public bool MayBeEmpty => IsOther || (Default is null && Shape is TextShape or ListShape<string>);

    /// <summary>True when the deprecated <c>metadata</c> of a job may hold it.</summary>
    public bool IsMetadata { get; init; }
}

/// <summary>A key whose values are <typeparamref name="T"/>.</summary>
internal sealed class ConfigKey<T>(int index, string name, ValueShape shape, string description, JsonNode? defaultValue)
    : ConfigKey(index, name, shape, description, defaultValue);
