using System.Text.Json.Serialization;

namespace Packit.Sandbox.Fasjson;

/// <summary>What the account system remembers. Guarded by <see cref="Gate"/>; written to disk as JSON.</summary>
internal sealed class FasjsonState
{
    [JsonIgnore]
    public Lock Gate { get; } = new();

    public List<Account> Accounts { get; init; } = [];

    /// <summary>Group name to its members.</summary>
    public SortedDictionary<string, SortedSet<string>> Groups { get; init; } = new(StringComparer.Ordinal);
}

/// <summary>An account, as its owner filled it in.</summary>
internal sealed class Account
{
    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string? GitHubName { get; set; }

    /// <summary>Strangers see the name only.</summary>
    public bool Private { get; set; }
}
