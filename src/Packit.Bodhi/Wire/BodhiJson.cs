using System.Text.Json.Serialization;

namespace Packit.Bodhi;

/// <summary>The JSON of Bodhi and of the OpenID provider. Only what is declared is read; duplicate keys and missing values are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(BodhiTimeConverter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 64)]
[JsonSerializable(typeof(BodhiErrorBody))]
[JsonSerializable(typeof(ReleasePage))]
[JsonSerializable(typeof(BodhiUpdate))]
[JsonSerializable(typeof(UpdateBody))]
[JsonSerializable(typeof(UpdatePage))]
[JsonSerializable(typeof(SavedBody))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(CsrfBody))]
[JsonSerializable(typeof(OidcEndpoints))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(TokenErrorBody))]
[JsonSerializable(typeof(UserInfoBody))]
internal sealed partial class BodhiJson : JsonSerializerContext;
