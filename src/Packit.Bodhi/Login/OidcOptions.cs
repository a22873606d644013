namespace Packit.Bodhi;

/// <summary>Where and as what the service logs in. The defaults are Fedora's.</summary>
/// <remarks>Bodhi: client/constants.py.</remarks>
public sealed record OidcOptions
{
    /// <summary>The OpenID provider, without the slash at the end.</summary>
    public Uri Issuer { get; init; } = new("https://id.fedoraproject.org/openidc");

    /// <summary>A public client: it has no secret.</summary>
    public string ClientId { get; init; } = "bodhi-client";

    /// <summary>Bodhi asks for all of them when it looks at a token.</summary>
    public IReadOnlyList<string> Scopes { get; init; } =
    [
        "openid", "email", "profile", "https://id.fedoraproject.org/scope/groups", "https://id.fedoraproject.org/scope/agreements",
    ];
}
