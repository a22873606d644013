using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Packit.TestSupport;

/// <summary>An authority and what it signed, as PEM files in a folder.</summary>
public sealed record RabbitCertificates(string Folder)
{
    /// <summary>Signed the broker's and the client's certificate; the system does not know it.</summary>
    public string Authority => Path.Combine(Folder, "ca.pem");

    /// <summary>Signed nothing that the broker has.</summary>
    public string OtherAuthority => Path.Combine(Folder, "other-ca.pem");

    public string Server => Path.Combine(Folder, "server.pem");

    public string ServerKey => Path.Combine(Folder, "server.key");

    /// <summary>With the name of the broker's user.</summary>
    public string Client => Path.Combine(Folder, "client.pem");

    public string ClientKey => Path.Combine(Folder, "client.key");

    /// <summary>From the same authority, with a name that the broker does not know.</summary>
    public string Stranger => Path.Combine(Folder, "stranger.pem");

    public string StrangerKey => Path.Combine(Folder, "stranger.key");

    public static RabbitCertificates MakeIn(string folder)
    {
        var files = new RabbitCertificates(folder);
        using var authority = NewAuthority("CN=Test authority");
        using var other = NewAuthority("CN=Another authority");
        File.WriteAllText(files.Authority, authority.ExportCertificatePem());
        File.WriteAllText(files.OtherAuthority, other.ExportCertificatePem());
        Sign(authority, "CN=localhost", isServer: true, files.Server, files.ServerKey);
        Sign(authority, "CN=" + RabbitServer.User, isServer: false, files.Client, files.ClientKey);
        Sign(authority, "CN=stranger", isServer: false, files.Stranger, files.StrangerKey);
        return files;
    }

    private static X509Certificate2 NewAuthority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(40));
    }

    private static void Sign(X509Certificate2 authority, string name, bool isServer, string file, string keyFile)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(isServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], critical: false));
        if (isServer)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.Create(
            authority, DateTimeOffset.UtcNow.AddMinutes(-30), DateTimeOffset.UtcNow.AddDays(30), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
