using System.Text.Json.Serialization;

namespace Packit.Fasjson;

/// <summary>An account of the Fedora Account System, as far as it shows itself.</summary>
/// <remarks>FASJSON: the user model of API version 1.</remarks>
public sealed record FasUser(string Username)
{
    /// <summary>The account at GitHub that the person named; FASJSON does not check it. Null for a private account.</summary>
    [JsonPropertyName("github_username")]
    public string? GitHubUsername { get; init; }

    /// <summary>Whether the person hides the profile: most fields are empty then.</summary>
    public bool? IsPrivate { get; init; }

    /// <summary>Whether the account cannot log in.</summary>
    public bool? Locked { get; init; }

    public string? HumanName { get; init; }
}

/// <summary>Whether an account is in a group.</summary>
public enum GroupMembership
{
    /// <summary>There is no such account.</summary>
    UnknownUser,

    NoMember,

    Member,
}
