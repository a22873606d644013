using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>The signature of a delivery: <c>X-Hub-Signature-256: sha256=</c> and HMAC-SHA256 over the raw body in hex.</summary>
/// <remarks>GitHub: Validating webhook deliveries.</remarks>
public static class WebhookSignature
{
    public const string HeaderName = "X-Hub-Signature-256";
    private const string Prefix = "sha256=";

    /// <summary>Checks the raw bytes as they arrived, before anything is parsed; compared in constant time.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="header">The value of <see cref="HeaderName"/>.</param>
    /// <param name="secrets">The accepted secrets: one, or old and new during a rotation.</param>
    public static SignatureResult Verify(ReadOnlySpan<byte> body, string? header, IReadOnlyList<Secret> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (string.IsNullOrEmpty(header))
        {
            return new SignatureResult.Missing();
        }

        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (header.Length != Prefix.Length + (2 * claimed.Length)
            || !header.StartsWith(Prefix, StringComparison.Ordinal)
            || Convert.FromHexString(header.AsSpan(Prefix.Length), claimed, out _, out _) != OperationStatus.Done)
        {
            return new SignatureResult.Malformed();
        }

        Span<byte> computed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var index = 0; index < secrets.Count; index++)
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets[index].Reveal()), body, computed);
            if (CryptographicOperations.FixedTimeEquals(computed, claimed))
            {
                return new SignatureResult.Valid(index);
            }
        }

        return secrets.Count == 0 ? new SignatureResult.NotConfigured() : new SignatureResult.Mismatch();
    }
}
