namespace Packit.DistGit;

/// <summary>How the service proves to the lookaside cache who it is.</summary>
public enum LookasideLogin
{
    /// <summary>Not at all: the sandbox.</summary>
    None,

    /// <summary>Kerberos, with the keytab of the process: Fedora.</summary>
    Negotiate,

    /// <summary>A TLS client certificate.</summary>
    ClientCertificate,
}

/// <summary>Where the lookaside cache is. The defaults are those of Fedora (section <c>[fedpkg]</c> of <c>fedpkg.conf</c>).</summary>
public sealed record LookasideOptions
{
    /// <summary>The address that checks and uploads go to (<c>lookaside_cgi</c>).</summary>
    public Uri UploadUrl { get; init; } = new("https://src.fedoraproject.org/repo/pkgs/upload.cgi");

    /// <summary>The address below which files are read (<c>lookaside</c>).</summary>
    public Uri DownloadUrl { get; init; } = new("https://src.fedoraproject.org/repo/pkgs");

    /// <summary>What stands before the package name (<c>lookaside_namespaced</c>); empty for nothing.</summary>
    public string Namespace { get; init; } = "rpms";

    public LookasideLogin Login { get; init; } = LookasideLogin.Negotiate;

    /// <summary>PEM file with certificate and key, for <see cref="LookasideLogin.ClientCertificate"/>.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>The longest time for one upload.</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The largest file, in bytes, that is read from the cache.</summary>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>Every problem of these options, as sentences; empty when they are good.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var url in (Uri[])[UploadUrl, DownloadUrl])
        {
            if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            {
                yield return $"Lookaside address: '{url}' must be an absolute https address.";
            }
        }

        if (Namespace.Length > 0 && !LookasideName.IsValid(Namespace))
        {
            yield return $"Lookaside namespace: '{Namespace}' must be one plain name such as 'rpms', or empty.";
        }

        if (Login == LookasideLogin.ClientCertificate && (ClientCertificateFile is null || !File.Exists(ClientCertificateFile)))
        {
            yield return "Lookaside login: a client certificate is asked for, but ClientCertificateFile names no file.";
        }

        if (UploadTimeout <= TimeSpan.Zero || MaxBytes <= 0)
        {
            yield return "Lookaside limits: the upload time limit and the size limit must be positive.";
        }
    }
}
