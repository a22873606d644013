using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Packit.Koji.Tests.Login;

/// <summary>An authority of its own with a certificate for <c>localhost</c> and one for the user <c>packit</c>, in a temporary folder.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packit-koji-");
    private readonly X509Certificate2 _authority;

    public Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(Yesterday, NextYear);
        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
        Server = Issue("localhost", "1.3.6.1.5.5.7.3.1", out _);
        using var client = Issue("packit", "1.3.6.1.5.5.7.3.2", out var clientKey);
        File.WriteAllText(ClientFile, client.ExportCertificatePem() + "\n" + clientKey);
    }

    public X509Certificate2 Server { get; }

    public string AuthorityFile => Path.Combine(_folder.FullName, "ca.pem");

    /// <summary>Certificate and key of the user.</summary>
    public string ClientFile => Path.Combine(_folder.FullName, "packit.pem");

    private static DateTimeOffset Yesterday => DateTimeOffset.UtcNow.AddDays(-1);

    private static DateTimeOffset NextYear => DateTimeOffset.UtcNow.AddYears(1);

    /// <summary>Whether it was issued here.</summary>
    public bool Knows(X509Certificate2 certificate) => certificate.Issuer == _authority.Subject;

    public void Dispose()
    {
        Server.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private X509Certificate2 Issue(string name, string purpose, out string keyPem)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        keyPem = key.ExportPkcs8PrivateKeyPem();
        using var bare = request.Create(_authority, Yesterday.AddMinutes(1), NextYear.AddMinutes(-1), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }
}
