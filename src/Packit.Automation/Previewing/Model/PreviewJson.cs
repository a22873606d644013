using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Packit.Automation.Previewing;

/// <summary>Previews as JSON: what is stored, and what scripts read.</summary>
public static class PreviewJson
{
    // Readable for people; control characters are escaped all the same.
    private static readonly PreviewJsonContext Context = new(new JsonSerializerOptions(PreviewJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>One line.</summary>
    public static string Write(PreviewResult result) => JsonSerializer.Serialize(result, Context.PreviewResult);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static PreviewResult Read(string json) =>
        JsonSerializer.Deserialize(json, Context.PreviewResult) ?? throw new JsonException("A preview is not null.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PreviewResult))]
internal sealed partial class PreviewJsonContext : JsonSerializerContext;
