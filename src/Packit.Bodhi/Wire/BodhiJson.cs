using System.Text.Json.Serialization;

namespace Packit.Bodhi;

/// <summary>The JSON of Bodhi. Only what is declared is read; duplicate keys and missing values are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 64)]
[JsonSerializable(typeof(BodhiErrorBody))]
[JsonSerializable(typeof(ReleasePage))]
internal sealed partial class BodhiJson : JsonSerializerContext;
