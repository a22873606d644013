using System.Text.Json.Serialization;

namespace Packit.Fasjson;

/// <summary>The JSON of FASJSON. Only what is declared is read; duplicate keys and missing values are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32)]
[JsonSerializable(typeof(UserBody))]
[JsonSerializable(typeof(GroupPage))]
[JsonSerializable(typeof(MemberPage))]
[JsonSerializable(typeof(RefusalBody))]
internal sealed partial class FasjsonJson : JsonSerializerContext;

internal sealed record UserBody(FasUser Result);

internal sealed record GroupPage(IReadOnlyList<GroupEntry> Result)
{
    public PageFacts? Page { get; init; }
}

internal sealed record GroupEntry(string Groupname);

internal sealed record MemberPage(IReadOnlyList<MemberEntry> Result)
{
    public PageFacts? Page { get; init; }
}

internal sealed record MemberEntry(string Username);

/// <summary>Where in the list a page stands; absent when the list came whole.</summary>
internal sealed record PageFacts(int PageNumber, int TotalPages);

/// <summary>A refusal. Which user or group does not exist is repeated; another 404 has neither.</summary>
internal sealed record RefusalBody(string? Message = null, string? Name = null, string? Groupname = null);
