using Packit.Http;

namespace Packit.Bodhi;

/// <summary>
/// Bodhi, Fedora's system for updates. Every method may throw <see cref="RemoteException"/>; refusals are <see cref="BodhiException"/>.
/// Reads need no login. Writes are sent once: after a lost answer look whether the effect is there.
/// </summary>
/// <remarks>Bodhi: the documentation at <c>/docs/server_api/</c>.</remarks>
public sealed partial class BodhiClient
{
    private const int MaxPages = 50;
    private readonly BodhiWire _wire;
    private readonly BodhiSession? _session;
    private readonly OidcLogin? _login;

    /// <summary>A client that reads.</summary>
    /// <param name="http">With Bodhi's root as base address: <c>https://bodhi.fedoraproject.org/</c>.</param>
    /// <param name="time">The clock for time limits.</param>
    /// <exception cref="ArgumentException">No base address with a slash at the end.</exception>
    public BodhiClient(HttpClient http, TimeProvider time)
        : this(http, login: null, time)
    {
    }

    /// <summary>A client that reads and writes; <see cref="BodhiClients"/> makes its parts.</summary>
    /// <param name="http">With Bodhi's root as base address and a time limit of minutes.</param>
    /// <param name="login">Made use of at the first write; null to read only.</param>
    /// <param name="time">The clock for time limits and the life of logins.</param>
    /// <exception cref="ArgumentException">No base address with a slash at the end.</exception>
    public BodhiClient(HttpClient http, OidcLogin? login, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        _wire = new BodhiWire(http, time);
        _login = login;
        _session = login is null ? null : new BodhiSession(_wire, login, time);
    }

    /// <summary>Where people look at an update.</summary>
    public Uri PageOf(string alias) => new(_wire.Root, $"updates/{Uri.EscapeDataString(alias)}");

    /// <summary>Logs in to the OpenID provider and to Bodhi, as a write would: what a start-up check needs.</summary>
    /// <returns>The name of the account.</returns>
    /// <exception cref="InvalidOperationException">The client was made without a login.</exception>
    public async Task<string> LoggedInUserAsync(CancellationToken cancellationToken)
    {
        await Session.CredentialsAsync(refused: null, cancellationToken);
        return await _login!.UserNameAsync(cancellationToken);
    }

    /// <summary>All releases that packages are built for: current, pending and frozen ones, of every family.</summary>
    public Task<IReadOnlyList<BodhiRelease>> ReleasesAsync(CancellationToken cancellationToken) => PagesAsync(
        "releases/?state=current&state=pending&state=frozen&rows_per_page=100&page=", "listing the releases", "releases",
        async (path, doing) =>
        {
            var page = await _wire.GetAsync(path, doing, BodhiJson.Default.ReleasePage, cancellationToken);
            return (page.Releases, page.Pages);
        });

    private BodhiSession Session => _session ?? throw new InvalidOperationException("This client of Bodhi was made without a login, so it can only read.");

    private static async Task<IReadOnlyList<T>> PagesAsync<T>(
        string path, string doing, string things, Func<string, string, Task<(IReadOnlyList<T> Items, int Pages)>> read)
    {
        var all = new List<T>();
        for (var page = 1; page <= MaxPages; page++)
        {
            var (items, pages) = await read($"{path}{page}", doing);
            all.AddRange(items);
            if (page >= pages || items.Count == 0)
            {
                return all;
            }
        }

        throw new RemoteException(BodhiWire.Service, RemoteFailure.Unexpected, $"Bodhi lists more than {MaxPages} pages of {things}.");
    }
}
