using Packit.Automation.Events;
using Packit.Automation.Matching;
using Packit.GitHub;

namespace Packit.Automation.Agreements;

/// <summary>Who stands behind the name of a repository, by GitHub's ids. Asked once for all branches of a release.</summary>
public sealed class UpstreamIdentities(GitHubClient github, TimeProvider time)
{
    private const int Remembered = 1024;

    // Longer than the branches of a release are apart, shorter than a name needs to be taken by somebody else and used.
    private readonly BoundedCache<(string Url, long Installation), UpstreamIdentity> _ids = new(Remembered, TimeSpan.FromMinutes(1), time);

    /// <exception cref="Http.RemoteException">GitHub does not answer, or does not show the repository.</exception>
    public Task<UpstreamIdentity> OfAsync(UpstreamRepository upstream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        return _ids.GetAsync(
            (upstream.WebUrl, upstream.InstallationId),
            async () =>
            {
                var facts = await github.Repository(upstream.Name, upstream.InstallationId).GetAsync(CancellationToken.None);
                return new UpstreamIdentity(facts.Id, facts.Owner.Id);
            },
            cancellationToken);
    }
}
