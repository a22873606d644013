using Packit.Http;

namespace Packit.Bodhi;

/// <summary>Bodhi, Fedora's system for updates. Every method may throw <see cref="RemoteException"/>.</summary>
public sealed class BodhiClient
{
    private const int MaxPages = 50;
    private readonly BodhiWire _wire;

    /// <param name="http">With Bodhi's root as base address: <c>https://bodhi.fedoraproject.org/</c>.</param>
    /// <param name="time">The clock for time limits.</param>
    /// <exception cref="ArgumentException">No base address with a slash at the end.</exception>
    public BodhiClient(HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        _wire = new BodhiWire(http, time);
    }

    /// <summary>All releases that packages are built for: current, pending and frozen ones, of every family.</summary>
    public async Task<IReadOnlyList<BodhiRelease>> ReleasesAsync(CancellationToken cancellationToken)
    {
        var releases = new List<BodhiRelease>();
        for (var page = 1; page <= MaxPages; page++)
        {
            var answer = await _wire.GetAsync(
                $"releases/?state=current&state=pending&state=frozen&rows_per_page=100&page={page}",
                "listing the releases", BodhiJson.Default.ReleasePage, cancellationToken);
            releases.AddRange(answer.Releases);
            if (page >= answer.Pages || answer.Releases.Count == 0)
            {
                return releases;
            }
        }

        throw new RemoteException(BodhiWire.Service, RemoteFailure.Unexpected, $"Bodhi lists more than {MaxPages} pages of releases.");
    }
}
