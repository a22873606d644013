using Packit.Automation.Events;
using Packit.Automation.Matching;
using Packit.GitHub;

namespace Packit.Automation.Agreements;

/// <summary>GitHub's ids of repositories, which stay when names change hands. Asked once for all branches of a release.</summary>
public sealed class UpstreamIdentities(GitHubClient github, TimeProvider time)
{
    private const int Remembered = 1024;

    // Longer than the branches of a release are apart, shorter than a name needs to be taken by somebody else and used.
    private readonly BoundedCache<(string Url, long Installation), long> _ids = new(Remembered, TimeSpan.FromMinutes(1), time);

    /// <exception cref="Http.RemoteException">GitHub does not answer, or does not show the repository.</exception>
    public Task<long> OfAsync(UpstreamRepository upstream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        return _ids.GetAsync(
            (upstream.WebUrl, upstream.InstallationId),
            async () => (await github.Repository(upstream.Name, upstream.InstallationId).GetAsync(CancellationToken.None)).Id,
            cancellationToken);
    }
}
