using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>The App's own proof: a JSON Web Token signed with RS256. One is used until shortly before its end.</summary>
/// <remarks>GitHub: Generating a JSON Web Token for a GitHub App. At most 10 minutes of life, issued 60 s back against clock drift.</remarks>
internal sealed class AppJwt
{
    private static readonly TimeSpan Backdating = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(540);
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromSeconds(120);
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);

    private readonly GitHubAppCredentials _app;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private Secret? _current;
    private DateTimeOffset _renewAt;

    /// <exception cref="ArgumentException">The private key is no RSA key in PEM form.</exception>
    public AppJwt(GitHubAppCredentials app, TimeProvider time)
    {
        _app = app;
        _time = time;
        using var key = Key(_app);
    }

    /// <summary>A token that is good for at least two more minutes.</summary>
    public Secret Current()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (_current is null || now >= _renewAt)
            {
                _current = new Secret(Signed(now));
                _renewAt = now + Life - RenewedBefore;
            }

            return _current;
        }
    }

    private string Signed(DateTimeOffset now)
    {
        var issued = (now - Backdating).ToUnixTimeSeconds();
        var expires = (now + Life).ToUnixTimeSeconds();
        var claims = $$"""{"iat":{{issued}},"exp":{{expires}},"iss":"{{JsonEncodedText.Encode(_app.AppId)}}"}""";
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        using var key = Key(_app);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static RSA Key(GitHubAppCredentials app)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(app.PrivateKeyPem.Reveal());
            return key;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new ArgumentException(
                "The GitHub App's private key cannot be read. It must be the whole PEM file that GitHub offers for download "
                + "(-----BEGIN RSA PRIVATE KEY-----), without a password.", nameof(app), unreadable);
        }
    }
}
