using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>Checks an App's JSON web token as GitHub does: RS256 with the App's key, <c>iat</c> not in the future, <c>exp</c> at most ten minutes ahead.</summary>
internal static class JwtCheck
{
    private const string BadExpiry = "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    /// <returns>Whose it is.</returns>
    /// <exception cref="GitHubRefusal">The token is refused.</exception>
    public static AppIdentity Check(string token, IEnumerable<AppIdentity> apps, DateTimeOffset now)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3 || Parse(parts[0]) is not { } header || Parse(parts[1]) is not { } claims || Decode(parts[2]) is not { } signature)
        {
            throw GitHubRefusal.NoJwt();
        }

        string issuer = claims["iss"]?.ToString() ?? throw GitHubRefusal.NoJwt("'Issuer' claim ('iss') must be an Integer");
        var app = apps.FirstOrDefault(known => issuer == known.ClientId || issuer == known.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))
            ?? throw GitHubRefusal.NotFound("Integration not found");
        using var rsa = RSA.Create();
        rsa.ImportFromPem(app.PrivateKeyPem);
        byte[] signed = Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]);
        if ((string?)header["alg"] != "RS256" || !rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        {
            throw GitHubRefusal.NoJwt();
        }

        if (Seconds(claims["iat"]) is not { } issued || issued > now)
        {
            throw GitHubRefusal.NoJwt("'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
        }

        if (Seconds(claims["exp"]) is not { } expires || expires <= now)
        {
            throw GitHubRefusal.NoJwt(BadExpiry);
        }

        if (expires > now + LongestLife)
        {
            throw GitHubRefusal.NoJwt("'Expiration time' claim ('exp') is too far in the future");
        }

        return app;
    }

    private static DateTimeOffset? Seconds(JsonNode? claim) =>
        claim?.GetValueKind() == JsonValueKind.Number && claim.AsValue().TryGetValue(out long seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static JsonObject? Parse(string part)
    {
        try
        {
            return Decode(part) is { } bytes ? JsonNode.Parse(bytes) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string part) => Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;
}
