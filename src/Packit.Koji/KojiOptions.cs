using Packit.Http;

namespace Packit.Koji;

/// <summary>How the client proves to the hub who it is.</summary>
public enum KojiLogin
{
    /// <summary>Not at all: only what everybody may read.</summary>
    None,

    /// <summary>Kerberos, with the keytab of the process: Fedora.</summary>
    Negotiate,

    /// <summary>A TLS client certificate.</summary>
    ClientCertificate,

    /// <summary>A name and a password.</summary>
    Password,
}

/// <summary>Where the hub is and how it is called. The defaults are those of Fedora.</summary>
public sealed record KojiOptions
{
    /// <summary>The hub: <c>https://koji.fedoraproject.org/kojihub</c>. The login of Kerberos and certificates is below it, at <c>/ssllogin</c>.</summary>
    public Uri HubUrl { get; init; } = new("https://koji.fedoraproject.org/kojihub");

    /// <summary>The pages for people.</summary>
    public Uri WebUrl { get; init; } = new("https://koji.fedoraproject.org/koji");

    /// <summary>Where the files of tasks and builds are.</summary>
    public Uri FilesUrl { get; init; } = new("https://kojipkgs.fedoraproject.org");

    public KojiLogin Login { get; init; } = KojiLogin.Negotiate;

    /// <summary>PEM file with certificate and key, for <see cref="KojiLogin.ClientCertificate"/>.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>The name, for <see cref="KojiLogin.Password"/>.</summary>
    public string? User { get; init; }

    /// <summary>The password, for <see cref="KojiLogin.Password"/>.</summary>
    public Secret? Password { get; init; }

    /// <summary>Time for one answer, without repetitions. A hub under load takes its time.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How often a read that failed for a passing reason is repeated. Writes never are.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The pause before the first repetition; the next ones are longer.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A session older than this is replaced before it is used. The hub ends it after 24 hours (<c>SessionRenewalTimeout</c>).</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Every problem of these options, as sentences; empty when they are good.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, url) in ((string, Uri)[])[("hub", HubUrl), ("web", WebUrl), ("files", FilesUrl)])
        {
            if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            {
                yield return $"Koji {name} address: '{url}' must be an absolute https address.";
            }
        }

        if (Login == KojiLogin.ClientCertificate && (ClientCertificateFile is null || !File.Exists(ClientCertificateFile)))
        {
            yield return "Koji login: a client certificate is asked for, but ClientCertificateFile names no file.";
        }

        if (Login == KojiLogin.Password && (string.IsNullOrWhiteSpace(User) || Password is null))
        {
            yield return "Koji login: a name and a password are asked for, but User or Password is empty.";
        }

        if (Timeout <= TimeSpan.Zero || FirstPause <= TimeSpan.Zero || SessionLifetime <= TimeSpan.Zero || Retries < 0)
        {
            yield return "Koji limits: times must be positive, and the number of repetitions must not be negative.";
        }
    }
}
