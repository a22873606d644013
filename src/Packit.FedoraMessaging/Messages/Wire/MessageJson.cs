using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Packit.FedoraMessaging;

/// <summary>The JSON of the messages. Only what is declared is read; duplicate keys and missing values are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(BusTimeConverter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = MaxDepth)]
[JsonSerializable(typeof(WireGitReceive))]
[JsonSerializable(typeof(WirePullRequestMessage))]
[JsonSerializable(typeof(WireBuildState))]
[JsonSerializable(typeof(WireTaskState))]
[JsonSerializable(typeof(WireTag))]
[JsonSerializable(typeof(WireUpdateMessage))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    /// <summary>How deep objects may lie in each other.</summary>
    public const int MaxDepth = 64;

    /// <exception cref="JsonException">Not this document.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body, type) ?? throw new JsonException("The document is null.");

    /// <exception cref="JsonException">Not JSON, or no object.</exception>
    public static void RequireObject(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("It is no JSON object.");
        }

        while (reader.Read())
        {
            // The reader checks the grammar to the end.
        }
    }
}
