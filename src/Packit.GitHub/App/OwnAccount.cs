namespace Packit.GitHub;

/// <summary>
/// The account under which the App writes. Its id stays whatever the App comes to be called, so it is asked once in the life of the process:
/// for the App's name of today, and for the account of that name (GitHub: get the authenticated app, get a user).
/// </summary>
internal sealed class OwnAccount(AppSession app)
{
    private volatile GitHubAccount? _known;

    /// <param name="session">Any installation's: the App itself may not look accounts up.</param>
    /// <param name="cancellationToken">Ends the asking; two who ask at the same time learn the same.</param>
    /// <exception cref="Http.RemoteException">Refused or not reachable.</exception>
    public async Task<GitHubAccount> GetAsync(RepositorySession session, CancellationToken cancellationToken)
    {
        if (_known is { } known)
        {
            return known;
        }

        var described = new GitHubRequest(HttpMethod.Get, "app", "reading the App's description");
        var slug = GitHubJson.Read((await app.CallAsync(described, cancellationToken)).Body, GitHubJson.Default.GitHubApp, described).Slug;
        var request = new GitHubRequest(HttpMethod.Get, $"users/{Uri.EscapeDataString($"{slug}[bot]")}", "looking up the App's own account");
        return _known = await session.CallAsync(request, GitHubJson.Default.GitHubAccount, cancellationToken);
    }
}
