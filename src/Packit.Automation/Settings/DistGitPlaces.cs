using Microsoft.Extensions.Options;
using Packit.DistGit;
using Packit.Pagure;

namespace Packit.Automation.Settings;

/// <summary>Where a package is for those who only read: no credential is needed to know it.</summary>
public sealed class DistGitPlaces(IOptions<DistGitOptions> options)
{
    private DistGitOptions Options => options.Value;

    public PagureProject Project(string package) => new(Options.Namespace, package);

    public PagureProject Fork(string package) => new(Options.Namespace, package, Options.User);

    /// <summary>The package's page: its identity among projects.</summary>
    public string WebUrl(string package) => $"{Options.Url.TrimEnd('/')}/{Options.Namespace}/{package}";

    /// <summary>The package's repository, for reading.</summary>
    public GitRemote Main(string package) => new(new Uri($"{WebUrl(package)}.git"));

    /// <summary>The service's fork, for reading.</summary>
    public GitRemote ForkForReading(string package) =>
        new(new Uri($"{Options.Url.TrimEnd('/')}/forks/{Options.User}/{Options.Namespace}/{package}.git"));
}
