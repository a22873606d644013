using System.Security.Cryptography;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>What makes a program a GitHub App.</summary>
/// <param name="AppId">The App's client id (recommended by GitHub) or its numeric id; the issuer of its tokens.</param>
/// <param name="PrivateKeyPem">The private key as GitHub hands it out: RSA, PEM.</param>
/// <param name="Slug">The App's name in addresses, such as <c>packit-as-a-service</c>.</param>
public sealed record GitHubAppCredentials(string AppId, Secret PrivateKeyPem, string Slug)
{
    /// <summary>The login under which the App writes comments and issues.</summary>
    public string BotLogin => Slug + "[bot]";

    /// <summary>Whether a text is a private key as GitHub hands it out.</summary>
    public static bool IsPrivateKey(Secret pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem.Reveal());
            return key.ExportParameters(includePrivateParameters: true).D is not null;
        }
        catch (Exception other) when (other is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
