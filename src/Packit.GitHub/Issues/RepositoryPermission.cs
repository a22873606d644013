using System.Text.Json.Serialization;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>What a person may do in a repository; <c>maintain</c> counts as write and <c>triage</c> as read, as GitHub maps them.</summary>
[JsonConverter(typeof(WireEnumConverter<RepositoryPermission>))]
public enum RepositoryPermission
{
    None,
    Read,
    Write,
    Admin,
}

internal sealed record CollaboratorPermission(RepositoryPermission Permission);
