using System.Text.Json.Serialization;

namespace Packit.GitHub;

/// <summary>A user, organisation or App as it appears in answers and webhooks.</summary>
/// <param name="Id">Stays the same when the login changes.</param>
/// <param name="Type"><c>User</c>, <c>Organization</c> or <c>Bot</c>.</param>
public sealed record GitHubAccount(string Login, long Id, string Type = "User")
{
    /// <summary>Under this name GitHub shows what accounts have left behind that are gone.</summary>
    private const string Ghost = "ghost";

    /// <summary>Whether a program wrote this, not a person.</summary>
    [JsonIgnore]
    public bool IsBot => Type == "Bot";

    /// <summary>Whether it stands for an account that is gone (GitHub: deleting your personal account).</summary>
    [JsonIgnore]
    public bool IsGone => Login == Ghost;
}
