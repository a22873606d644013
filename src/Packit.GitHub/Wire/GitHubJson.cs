using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>The JSON of the REST API and of webhooks. Only what is declared is read; duplicate keys and missing values are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 64)]
[JsonSerializable(typeof(GitHubErrorBody))]
[JsonSerializable(typeof(GitHubApp))]
[JsonSerializable(typeof(GitHubInstallation))]
[JsonSerializable(typeof(InstallationToken))]
[JsonSerializable(typeof(InstallationTokenBody))]
[JsonSerializable(typeof(RepositoryFacts))]
[JsonSerializable(typeof(GitHubRelease))]
[JsonSerializable(typeof(IReadOnlyList<GitHubRelease>))]
[JsonSerializable(typeof(IReadOnlyList<GitTag>))]
[JsonSerializable(typeof(GitReference))]
[JsonSerializable(typeof(GitTree))]
[JsonSerializable(typeof(GitComparison))]
[JsonSerializable(typeof(ContentFile))]
[JsonSerializable(typeof(CheckRun))]
[JsonSerializable(typeof(CheckRunList))]
[JsonSerializable(typeof(CheckRunBody))]
[JsonSerializable(typeof(CommitStatusBody))]
[JsonSerializable(typeof(GitHubIssue))]
[JsonSerializable(typeof(IReadOnlyList<GitHubIssue>))]
[JsonSerializable(typeof(IssueBody))]
[JsonSerializable(typeof(GitHubComment))]
[JsonSerializable(typeof(IReadOnlyList<GitHubComment>))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(ReactionBody))]
[JsonSerializable(typeof(CollaboratorPermission))]
internal sealed partial class GitHubJson : JsonSerializerContext
{
    /// <exception cref="RemoteException">The answer is not the document that the API describes.</exception>
    public static T Read<T>(byte[] body, JsonTypeInfo<T> type, GitHubRequest request) =>
        RemoteExchange.Read(GitHubWire.Service, body, type, request.Doing);
}
