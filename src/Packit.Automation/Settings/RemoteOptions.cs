using System.ComponentModel.DataAnnotations;
using Packit.DistGit;
using Packit.Fasjson;
using Packit.Koji;

namespace Packit.Automation.Settings;

/// <summary>The lookaside cache. Section <c>Lookaside</c>.</summary>
public sealed record LookasideSettings
{
    public const string Section = "Lookaside";

    /// <summary>Address of checks and uploads (<c>lookaside_cgi</c> of fedpkg).</summary>
    [Required, Url]
    public string UploadUrl { get; init; } = "https://src.fedoraproject.org/repo/pkgs/upload.cgi";

    /// <summary>Address below which archives are read (<c>lookaside</c> of fedpkg).</summary>
    [Required, Url]
    public string DownloadUrl { get; init; } = "https://src.fedoraproject.org/repo/pkgs/";

    /// <summary>How uploads sign in.</summary>
    public LookasideLogin Login { get; init; } = LookasideLogin.Negotiate;

    /// <summary>PEM file with certificate and key, for <see cref="LookasideLogin.ClientCertificate"/>.</summary>
    public string ClientCertificateFile { get; init; } = "";
}

/// <summary>Bodhi. Section <c>Bodhi</c>.</summary>
public sealed record BodhiOptions
{
    public const string Section = "Bodhi";

    /// <summary>Root of Bodhi.</summary>
    [Required, Url]
    public string Url { get; init; } = "https://bodhi.fedoraproject.org/";

    /// <summary>The OpenID provider through which the service signs in to make updates, with the keytab of the process.</summary>
    [Required, Url]
    public string Issuer { get; init; } = "https://id.fedoraproject.org/openidc";

    /// <summary>How long a list of releases is used before it is asked for again.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Koji. Section <c>Koji</c>.</summary>
public sealed record KojiSettings : IValidatableObject
{
    public const string Section = "Koji";

    /// <summary>The hub.</summary>
    [Required, Url]
    public string HubUrl { get; init; } = "https://koji.fedoraproject.org/kojihub";

    /// <summary>The pages for people.</summary>
    [Required, Url]
    public string WebUrl { get; init; } = "https://koji.fedoraproject.org/koji";

    /// <summary>Where the files of tasks and builds are.</summary>
    [Required, Url]
    public string FilesUrl { get; init; } = "https://kojipkgs.fedoraproject.org";

    /// <summary>How the service signs in: <c>Negotiate</c> with the keytab of the process, <c>ClientCertificate</c>, or <c>Password</c>.</summary>
    public KojiLogin Login { get; init; } = KojiLogin.Negotiate;

    /// <summary>PEM file with certificate and key, for <see cref="KojiLogin.ClientCertificate"/>.</summary>
    public string ClientCertificateFile { get; init; } = "";

    /// <summary>The name, for <see cref="KojiLogin.Password"/>.</summary>
    public string User { get; init; } = "";

    /// <summary>File with the password, for <see cref="KojiLogin.Password"/>.</summary>
    public string PasswordFile { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Login == KojiLogin.ClientCertificate && ClientCertificateFile.Length == 0)
        {
            yield return new ValidationResult(
                "Koji:ClientCertificateFile is missing: a PEM file with certificate and key.", [nameof(ClientCertificateFile)]);
        }

        if (Login == KojiLogin.Password && (User.Length == 0 || PasswordFile.Length == 0))
        {
            yield return new ValidationResult(
                "Koji:User and Koji:PasswordFile are needed for a login with name and password.", [nameof(User), nameof(PasswordFile)]);
        }

        // What the client would refuse when it is made, at the first delivery, is told at the start.
        foreach (var problem in AddressProblems())
        {
            yield return new ValidationResult(problem, [nameof(HubUrl), nameof(WebUrl), nameof(FilesUrl)]);
        }

        foreach (var (login, name, file) in new[]
        {
            (KojiLogin.ClientCertificate, nameof(ClientCertificateFile), ClientCertificateFile), (KojiLogin.Password, nameof(PasswordFile), PasswordFile),
        })
        {
            if (Login == login && file.Length > 0 && !File.Exists(file))
            {
                yield return new ValidationResult($"Koji:{name} names '{file}', which is no file that can be read.", [name]);
            }
        }
    }

    // Without the login: its files are named by their settings.
    private IEnumerable<string> AddressProblems() =>
        Uri.TryCreate(HubUrl, UriKind.Absolute, out var hub) && Uri.TryCreate(WebUrl, UriKind.Absolute, out var web)
        && Uri.TryCreate(FilesUrl, UriKind.Absolute, out var files)
            ? new KojiOptions { HubUrl = hub, WebUrl = web, FilesUrl = files, Login = KojiLogin.None }.Problems()
            : [];
}

/// <summary>FASJSON, the Fedora account system. Section <c>Fasjson</c>.</summary>
public sealed record FasjsonSettings
{
    public const string Section = "Fasjson";

    /// <summary>Root of FASJSON: where is looked up who is a packager.</summary>
    [Required, Url]
    public string Url { get; init; } = "https://fasjson.fedoraproject.org/";

    /// <summary>How the service signs in: <c>Negotiate</c> with the keytab of the process; <c>None</c> is for a sandbox.</summary>
    public FasjsonLogin Login { get; init; } = FasjsonLogin.Negotiate;
}

/// <summary>Bugzilla, where release monitoring files its tickets. Section <c>Bugzilla</c>.</summary>
public sealed record BugzillaOptions
{
    public const string Section = "Bugzilla";

    /// <summary>Root of the instance; empty to look up no bugs.</summary>
    public string Url { get; init; } = "https://bugzilla.redhat.com/";
}

/// <summary>What may be fetched whose address a package chose. Section <c>Archives</c>.</summary>
public sealed record ArchiveOptions
{
    public const string Section = "Archives";

    /// <summary>Plain http and loopback addresses too. For a sandbox, never for production.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Largest archive, in bytes.</summary>
    [Range(1, long.MaxValue)]
    public long MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Longest download.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(20);
}
