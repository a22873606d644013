using System.Collections.ObjectModel;
using System.Text.Json;

namespace Packit.PackageConfig;

/// <summary>A value of free form, as JSON knows them.</summary>
public abstract record ConfigValue
{
    private protected ConfigValue()
    {
    }

    /// <summary>Writes the value as JSON.</summary>
    public abstract void WriteTo(Utf8JsonWriter writer);
}

/// <summary>Null.</summary>
public sealed record ConfigNull : ConfigValue
{
    /// <summary>The only one.</summary>
    public static ConfigNull Value { get; } = new();

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteNullValue();
}

/// <summary>True or false.</summary>
public sealed record ConfigBool(bool Value) : ConfigValue
{
    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteBooleanValue(Value);
}

/// <summary>A whole number.</summary>
public sealed record ConfigInteger(long Value) : ConfigValue
{
    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteNumberValue(Value);
}

/// <summary>A number with a fraction; finite.</summary>
public sealed record ConfigNumber(double Value) : ConfigValue
{
    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteNumberValue(Value);
}

/// <summary>A text.</summary>
public sealed record ConfigText(string Value) : ConfigValue
{
    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteStringValue(Value);
}

/// <summary>A list.</summary>
public sealed record ConfigList(IReadOnlyList<ConfigValue> Items) : ConfigValue
{
    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var item in Items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }
}

/// <summary>A mapping, in file order.</summary>
public sealed record ConfigMap(IReadOnlyDictionary<string, ConfigValue> Entries) : ConfigValue
{
    /// <summary>A mapping without entries.</summary>
    public static ConfigMap Empty { get; } = new(ReadOnlyDictionary<string, ConfigValue>.Empty);

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in Entries)
        {
            writer.WritePropertyName(key);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
