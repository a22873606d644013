using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Packit.Http;

/// <summary>
/// Words of an API as enumeration members (<c>in_progress</c> as <c>InProgress</c>). A word that a service adds later becomes the
/// member with the value 0, so that one new word does not make a whole list unreadable.
/// </summary>
public sealed class WireEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Words =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values =
        Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Values.GetValueOrDefault(reader.GetString()!)
            : throw new JsonException($"A word was expected for {typeToConvert.Name}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Words[value]);
}
