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
    private readonly AppJwt _jwt;
    private readonly InstallationTokens _tokens;
    private readonly InstallationStates _states = new();
    private readonly AnswerCache _cache = new();
    private readonly TimeProvider _time;

    /// <param name="http">With the API root as base address: <c>https://api.github.com/</c>, or <c>https://HOST/api/v3/</c>.</param>
    /// <param name="app">The App that signs in.</param>
    /// <param name="time">The clock for tokens and limits.</param>
    /// <exception cref="ArgumentException">No base address with a slash at the end, or an unreadable private key.</exception>
    public GitHubClient(HttpClient http, GitHubAppCredentials app, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(time);
        App = app;
        _time = time;
        _wire = new GitHubWire(http, time);
        _jwt = new AppJwt(app, time);
        _tokens = new InstallationTokens(_wire, _jwt, time);
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
        return new GitHubRepository(name, App, new RepositorySession(_wire, _tokens, _states.Of(installationId), _cache, scope, _time));
    }

    private async Task<GitHubAnswer> CallAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        var answer = await _wire.SendAsync(request, _jwt.Current(), etag: null, cancellationToken);
        return answer.IsSuccess ? answer : throw GitHubErrors.Refused(request, answer, _time.GetUtcNow(), GitHubErrors.SecondaryPause);
    }
}
