using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Packit.FedoraMessaging;

/// <summary>The certificates of a connection: ours, and the authority that the broker's must come from.</summary>
internal static class BrokerCertificates
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">Not PEM, or the key is of another certificate.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static X509Certificate2 Client(BrokerLogin.ByCertificate login)
    {
        using var pem = X509Certificate2.CreateFromPemFile(login.CertificateFile, login.KeyFile);
        // With a key that lives in memory only, some TLS libraries send no certificate at all.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <inheritdoc cref="Client"/>
    public static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0
            ? authorities
            : throw new System.Security.Cryptography.CryptographicException($"'{file}' holds no certificate in PEM form.");
    }

    /// <summary>Accepts a server certificate that carries the right name and comes from one of the authorities; the system's are not asked.</summary>
    public static RemoteCertificateValidationCallback Validation(X509Certificate2Collection authorities) => (_, presented, sent, errors) =>
    {
        if (presented is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);

        using var certificate = X509CertificateLoader.LoadCertificate(presented.GetRawCertData());
        return chain.Build(certificate);
    };

    /// <summary>When the first of the configured certificates expires.</summary>
    /// <returns>Null when there are none, or they cannot be read.</returns>
    public static DateTimeOffset? Expiry(BrokerSettings settings)
    {
        try
        {
            var all = new X509Certificate2Collection();
            if (settings.Login is BrokerLogin.ByCertificate login)
            {
                all.ImportFromPemFile(login.CertificateFile);
            }

            if (settings.AuthorityFile is { } authorities)
            {
                all.ImportFromPemFile(authorities);
            }

            return all.Count == 0 ? null : all.Min(certificate => new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
