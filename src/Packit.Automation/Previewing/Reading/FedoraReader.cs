using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Bodhi;
using Packit.Koji;
using Packit.Pagure;

namespace Packit.Automation.Previewing;

/// <summary>
/// What dist-git, Koji and Bodhi tell anybody. The clients are made without any credential, so that nothing can be written through them,
/// whatever a preview comes to.
/// </summary>
public sealed class FedoraReader : IAsyncDisposable
{
    /// <summary>Open pull requests of a package that are looked at; few have more than some.</summary>
    private const int PullRequestsAtMost = 300;

    private readonly PagureClient _pagure;
    private readonly KojiClient _koji;
    private readonly BodhiClient _bodhi;

    internal FedoraReader(PagureClient pagure, KojiClient koji, BodhiClient bodhi, DistGitPlaces places, IOptions<DistGitOptions> options)
    {
        (_pagure, _koji, _bodhi, Places, ServiceUser) = (pagure, koji, bodhi, places, options.Value.User);
    }

    /// <summary>Where packages are.</summary>
    public DistGitPlaces Places { get; }

    /// <summary>The account that makes the service's pull requests.</summary>
    public string ServiceUser { get; }

    /// <summary>Branches of a package with their heads; null when there is no such package.</summary>
    public Task<PagureBranches?> BranchesAsync(string package, CancellationToken cancellationToken) =>
        _pagure.BranchesAsync(Places.Project(package), cancellationToken);

    /// <summary>Branches of the service's fork with their heads; none when there is no fork yet.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ForkHeadsAsync(string package, CancellationToken cancellationToken) =>
        (await _pagure.BranchesAsync(Places.Fork(package), cancellationToken))?.Commits ?? new Dictionary<string, string>();

    /// <summary>Open pull requests of a package, newest first.</summary>
    public async Task<IReadOnlyList<PagurePullRequest>> OpenPullRequestsAsync(string package, CancellationToken cancellationToken) =>
        await _pagure.PullRequestsAsync(Places.Project(package), PullRequestFilter.Open, author: null, cancellationToken)
            .Take(PullRequestsAtMost).ToListAsync(cancellationToken);

    /// <summary>The build of an NVR; null when there is none.</summary>
    public Task<Koji.KojiBuild?> BuildAsync(string nvr, CancellationToken cancellationToken) => _koji.BuildAsync(nvr, cancellationToken);

    /// <summary>The page of a build.</summary>
    public Uri PageOf(Koji.KojiBuild build) => _koji.Urls.Build(build.Id);

    /// <summary>The update that holds a build and was neither taken back nor replaced; null when there is none.</summary>
    public Task<Bodhi.BodhiUpdate?> UpdateAsync(string nvr, CancellationToken cancellationToken) => _bodhi.LiveUpdateOfAsync([nvr], cancellationToken);

    /// <summary>The page of an update.</summary>
    public Uri PageOf(Bodhi.BodhiUpdate update) => _bodhi.PageOf(update.Alias);

    /// <summary>The distribution's releases.</summary>
    public Task<IReadOnlyList<BodhiRelease>> ReleasesAsync(CancellationToken cancellationToken) => _bodhi.ReleasesAsync(cancellationToken);

    public ValueTask DisposeAsync() => _koji.DisposeAsync();
}
