using System.Text.Json;
using System.Text.Json.Serialization;

namespace Packit.GitHub;

/// <summary>The JSON of webhooks: as strict as that of the API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 64)]
[JsonSerializable(typeof(ReleaseEvent))]
[JsonSerializable(typeof(IssueCommentEvent))]
[JsonSerializable(typeof(CommitCommentEvent))]
[JsonSerializable(typeof(CheckRunEvent))]
[JsonSerializable(typeof(CheckSuiteEvent))]
[JsonSerializable(typeof(PullRequestEvent))]
[JsonSerializable(typeof(PushEvent))]
[JsonSerializable(typeof(InstallationEvent))]
[JsonSerializable(typeof(InstallationRepositoriesEvent))]
[JsonSerializable(typeof(InstallationTargetEvent))]
[JsonSerializable(typeof(RepositoryChangedEvent))]
[JsonSerializable(typeof(PingEvent))]
internal sealed partial class WebhookJson : JsonSerializerContext;
