using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.Pagure;

/// <summary>The JSON of Pagure's API. Only what is declared is read; duplicate keys and missing values are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(EpochConverter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 64)]
[JsonSerializable(typeof(PagureErrorBody))]
[JsonSerializable(typeof(WhoAmI))]
[JsonSerializable(typeof(PagureProjectFacts))]
[JsonSerializable(typeof(BranchList))]
[JsonSerializable(typeof(GitUrlList))]
[JsonSerializable(typeof(PagurePullRequest))]
[JsonSerializable(typeof(PullRequestPage))]
[JsonSerializable(typeof(FlagAnswer))]
[JsonSerializable(typeof(TreeAnswer))]
[JsonSerializable(typeof(PagureCommit))]
[JsonSerializable(typeof(GroupAnswer))]
internal sealed partial class PagureJson : JsonSerializerContext
{
    /// <exception cref="RemoteException">The answer is not the document that the API describes.</exception>
    public static T Read<T>(byte[] body, JsonTypeInfo<T> type, PagureRequest request) =>
        RemoteExchange.Read(PagureWire.Service, body, type, request.Doing);
}
