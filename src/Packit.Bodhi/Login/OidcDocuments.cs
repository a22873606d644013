using Packit.Http;

namespace Packit.Bodhi;

/// <summary>What the provider says about itself.</summary>
/// <remarks>OpenID Connect Discovery 1.0, section 3.</remarks>
internal sealed record OidcEndpoints(Uri AuthorizationEndpoint, Uri TokenEndpoint)
{
    public Uri? UserinfoEndpoint { get; init; }

    public IReadOnlyList<string>? ResponseModesSupported { get; init; }

    public IReadOnlyList<string>? CodeChallengeMethodsSupported { get; init; }
}

/// <summary>The answer of the token endpoint.</summary>
/// <remarks>RFC 6749, section 5.1.</remarks>
internal sealed record TokenBody(string AccessToken, string TokenType)
{
    public string? RefreshToken { get; init; }

    public long? ExpiresIn { get; init; }
}

/// <summary>The refusal of the token endpoint.</summary>
/// <remarks>RFC 6749, section 5.2.</remarks>
internal sealed record TokenErrorBody(string? Error = null);

/// <summary>The account.</summary>
internal sealed record UserInfoBody(string? Nickname = null);

/// <summary>Tokens of one login.</summary>
/// <param name="Refreshed">Whether they came from a refresh token rather than from Kerberos.</param>
internal sealed record OidcTokens(Secret Access, Secret? Refresh, DateTimeOffset Ends, bool Refreshed);
