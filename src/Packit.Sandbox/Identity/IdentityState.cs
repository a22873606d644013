using System.Text.Json.Serialization;

namespace Packit.Sandbox.Identity;

/// <summary>What the identity provider remembers. Guarded by <see cref="Gate"/>; written to disk as JSON.</summary>
internal sealed class IdentityState
{
    [JsonIgnore]
    public Lock Gate { get; } = new();

    public List<Grant> Grants { get; init; } = [];
}

/// <summary>A code or a token that was handed out.</summary>
internal sealed class Grant
{
    public required string Value { get; init; }

    public required GrantKind Kind { get; init; }

    public required string User { get; init; }

    public required string Client { get; init; }

    public required string Scope { get; init; }

    /// <summary>Where a code was sent.</summary>
    public string? RedirectUri { get; init; }

    public required DateTimeOffset Expires { get; init; }
}

internal enum GrantKind
{
    Code,
    Access,
    Refresh,
}
