using System.Globalization;
using Microsoft.Extensions.Options;
using Packit.DistGit;
using Packit.Pagure;

namespace Packit.Automation.Settings;

/// <summary>Where a package is: for the API, for git and for people.</summary>
public sealed class DistGitAddresses(IOptions<DistGitOptions> options, DistGitCredentials credentials)
{
    private readonly DistGitPlaces _places = new(options);

    private DistGitOptions Options => options.Value;

    public PagureProject Project(string package) => _places.Project(package);

    public PagureProject Fork(string package) => _places.Fork(package);

    /// <summary>The package's page: its identity among projects.</summary>
    public string WebUrl(string package) => _places.WebUrl(package);

    /// <summary>The page of a file as it stands at a commit.</summary>
    public string FilePage(string package, string commit, string path) => $"{WebUrl(package)}/blob/{commit}/f/{Uri.EscapeDataString(path)}";

    /// <summary>The page of a pull request.</summary>
    public string PullRequestPage(string package, int id) => string.Create(CultureInfo.InvariantCulture, $"{WebUrl(package)}/pull-request/{id}");

    /// <summary>The package's repository, for reading.</summary>
    public GitRemote Main(string package) => _places.Main(package);

    /// <summary>The service's fork, for reading and pushing.</summary>
    public GitRemote ForkForPush(string package) => credentials.For(
        new Uri($"{Options.PushUrl.TrimEnd('/')}/forks/{Options.User}/{Options.Namespace}/{package}.git"));

    /// <summary>What instructions to maintainers name.</summary>
    public Reporting.Texts.DistGitFacts Facts(string package) => new(Options.SshHost, Options.User, Options.Namespace, package);
}
