using System.Net;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>
/// GitHub as an App sees it. Lives as long as the process: tokens, limits and conditional requests are shared by all
/// repositories that it gives out.
/// </summary>
public sealed class GitHubClient
{
    private readonly GitHubWire _wire;
    private readonly AppSession _app;
    private readonly InstallationTokens _tokens;
    private readonly InstallationStates _states;
    private readonly AnswerCache _cache = new();
    private readonly OwnAccount _own;

    /// <param name="http">With the API root as base address: <c>https://api.github.com/</c>, or <c>https://HOST/api/v3/</c>.</param>
    /// <param name="app">The App that signs in.</param>
    /// <param name="time">The clock for tokens and limits.</param>
    /// <param name="limits">How fast to go; null for what GitHub documents.</param>
    /// <param name="observer">Hears how installations stand with GitHub's limits.</param>
    /// <exception cref="ArgumentException">No base address with a slash at the end, or an unreadable private key.</exception>
    public GitHubClient(HttpClient http, GitHubAppCredentials app, TimeProvider time, GitHubLimits? limits = null, IRateObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(time);
        App = app;
        _states = new InstallationStates(limits ?? new GitHubLimits(), observer, time);
        _wire = new GitHubWire(http, time);
        _app = new AppSession(_wire, new AppJwt(app, time), _states.Of(InstallationStates.OfApp));
        _tokens = new InstallationTokens(_wire, _app, time);
        _own = new OwnAccount(_app);
    }

    public GitHubAppCredentials App { get; }

    /// <summary>The App's own description: tells whether the credentials are good and what it may ask for.</summary>
    /// <exception cref="RemoteException">Refused or not reachable.</exception>
    public async Task<GitHubApp> AppAsync(CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(HttpMethod.Get, "app", "reading the App's description");
        return GitHubJson.Read((await CallAsync(request, cancellationToken)).Body, GitHubJson.Default.GitHubApp, request);
    }

    /// <summary>The installation of the App that covers a repository.</summary>
    /// <returns>Its id, or null when the App is not installed there.</returns>
    /// <exception cref="RemoteException">Refused or not reachable.</exception>
    public async Task<long?> FindInstallationAsync(RepositoryName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var request = new GitHubRequest(HttpMethod.Get, $"repos/{name}/installation", $"looking for the App's installation in {name}");
        try
        {
            return GitHubJson.Read((await CallAsync(request, cancellationToken)).Body, GitHubJson.Default.GitHubInstallation, request).Id;
        }
        catch (RemoteException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>An installation as its owner has it now.</summary>
    /// <returns>Null when it is gone.</returns>
    /// <exception cref="RemoteException">Refused or not reachable.</exception>
    public async Task<InstallationStanding?> InstallationAsync(long installationId, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(HttpMethod.Get, $"app/installations/{installationId}", $"reading installation {installationId}");
        try
        {
            var found = GitHubJson.Read((await CallAsync(request, cancellationToken)).Body, GitHubJson.Default.GitHubInstallation, request);
            return new InstallationStanding(found.Id, found.Account, found.SuspendedAt);
        }
        catch (RemoteException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Drops what is remembered of an installation whose owner has changed what the App may do there.</summary>
    public void Forget(long installationId) => _tokens.ForgetAll(installationId);

    /// <summary>A repository seen through an installation. Nothing is asked yet.</summary>
    public GitHubRepository Repository(RepositoryName name, long installationId)
    {
        ArgumentNullException.ThrowIfNull(name);
        var scope = new TokenScope(installationId, name, TokenUse.Api);
        return new GitHubRepository(name, App, _own, new RepositorySession(_wire, _tokens, _states.Of(installationId), _cache, scope));
    }

    /// <summary>Sends nothing for an installation before that time: another process of the service has met a limit.</summary>
    /// <param name="installationId">The installation; 0 for the calls in the App's own name.</param>
    /// <param name="cause">What was met.</param>
    /// <param name="until">When the next call may go.</param>
    public void Hold(long installationId, RateDelayCause cause, DateTimeOffset until) => _states.Of(installationId).Hold(cause, until);

    private Task<GitHubAnswer> CallAsync(GitHubRequest request, CancellationToken cancellationToken) => _app.CallAsync(request, cancellationToken);
}
