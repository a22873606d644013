namespace Packit.PackageConfig;

/// <summary>A dist-git server and the namespace of packages on it.</summary>
/// <param name="BaseUrl">With a slash at the end.</param>
/// <param name="AlternativeHost">Second name of the same server, or null.</param>
/// <param name="Namespace">E.g. <c>rpms</c>.</param>
public sealed record DistGitInstance(string BaseUrl, string? AlternativeHost, string Namespace)
{
    /// <summary>Fedora's: what applies when neither the project nor the service names another.</summary>
    public static DistGitInstance Fedora { get; } = new("https://src.fedoraproject.org/", "pkgs.fedoraproject.org", "rpms");

    /// <summary>
    /// The instance of a package. Packit: its own <c>dist_git_base_url</c>, else the one of its <c>pkg_tool</c>, else the one that the service
    /// is configured for, else Fedora's. The first comes from a foreign file: compare it with what the service may log in to.
    /// </summary>
    /// <param name="settings">Settings of the package.</param>
    /// <param name="configured">The service's own setting, or null.</param>
    public static DistGitInstance Of(PackageSettings settings, DistGitInstance? configured) => settings switch
    {
        { DistGitBaseUrl: { Length: > 0 } url } => new DistGitInstance(url.TrimEnd('/') + "/", null, settings.DistGitNamespace ?? Fedora.Namespace),
        { PkgTool: "fedpkg" } => Fedora,
        { PkgTool: "fedpkg-stage" } => new DistGitInstance("https://src.stg.fedoraproject.org/", "pkgs.stg.fedoraproject.org", "rpms"),
        { PkgTool: "centpkg" } => new DistGitInstance("https://gitlab.com/", null, "redhat/centos-stream/rpms"),
        { PkgTool: "centpkg-sig" } => new DistGitInstance("https://gitlab.com/", null, $"CentOS/{settings.Sig}/rpms"),
        _ => configured ?? Fedora,
    };

    /// <summary>URL of a package's repository.</summary>
    public string PackageUrl(string downstreamPackageName) => $"{BaseUrl}{Namespace}/{downstreamPackageName}.git";
}
