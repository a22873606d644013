using System.Text.Json;
using System.Text.Json.Serialization;

namespace Packit.GitHub;

/// <summary>What a person may do in a repository; <c>maintain</c> counts as write and <c>triage</c> as read, as GitHub maps them.</summary>
public enum RepositoryPermission
{
    None,
    Read,
    Write,
    Admin,
}

internal sealed record CollaboratorPermission
{
    public JsonElement? Permission { get; init; }

    /// <summary>Whose it is.</summary>
    public GitHubAccount? User { get; init; }

    /// <summary>What the answer grants for certain: a word that is not known, a number, null or no word at all grant nothing.</summary>
    [JsonIgnore]
    public RepositoryPermission Granted => Permission is { ValueKind: JsonValueKind.String } word
        ? word.GetString() switch
        {
            "admin" => RepositoryPermission.Admin,
            "write" or "maintain" => RepositoryPermission.Write,
            "read" or "triage" => RepositoryPermission.Read,
            _ => RepositoryPermission.None,
        }
        : RepositoryPermission.None;
}
