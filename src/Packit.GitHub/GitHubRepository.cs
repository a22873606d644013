using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>
/// One repository through an installation token that holds this repository and the needed permissions only.
/// Every method may throw <see cref="RemoteException"/>; a missing permission is a <see cref="GitHubPermissionException"/>.
/// Reads are repeated by the HTTP client, writes never.
/// </summary>
public sealed partial class GitHubRepository
{
    private readonly RepositorySession _session;
    private readonly GitHubAppCredentials _app;
    private readonly OwnAccount _own;

    internal GitHubRepository(RepositoryName name, GitHubAppCredentials app, OwnAccount own, RepositorySession session)
    {
        Name = name;
        _app = app;
        _own = own;
        _session = session;
    }

    public RepositoryName Name { get; }

    /// <summary>What GitHub last said about this installation's rate limit; null before the first answer.</summary>
    public RateBudget? Budget => _session.Budget;

    /// <summary>The same repository for work that nobody waits for: when few requests are left, it is the first to be held back.</summary>
    public GitHubRepository InBackground() => new(Name, _app, _own, _session.InBackground());

    private string Root => $"repos/{Name}";

    /// <summary>The repository's facts. After a renaming they hold the new name; <see cref="RepositoryFacts.Id"/> stays.</summary>
    public Task<RepositoryFacts> GetAsync(CancellationToken cancellationToken) => _session.CallAsync(
        Read(Root, $"reading the repository {Name}", "metadata: read"), GitHubJson.Default.RepositoryFacts, cancellationToken);

    /// <summary>A token to read this repository with git over https, as the password of <c>x-access-token</c>. It can do nothing else.</summary>
    public Task<Secret> TokenAsync(CancellationToken cancellationToken) => _session.TokenAsync(TokenUse.Git, cancellationToken);

    /// <summary>The account under which the App writes here and everywhere.</summary>
    public Task<GitHubAccount> OwnAccountAsync(CancellationToken cancellationToken) => _own.GetAsync(_session, cancellationToken);

    /// <summary>Whether the App itself wrote something. A text, a title and a hidden line can be anybody's; the id of an account is not.</summary>
    /// <param name="author">As GitHub has it; null when the account is gone.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<bool> IsOwnAsync(GitHubAccount? author, CancellationToken cancellationToken) =>
        author is { IsBot: true } && author.Id == (await OwnAccountAsync(cancellationToken)).Id;

    /// <summary>What a person may do here.</summary>
    /// <param name="login">What the person was called when it was last heard of.</param>
    /// <param name="accountId">GitHub's id of the person: the login may have been given up since, and be somebody else's.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>
    /// <see cref="RepositoryPermission.None"/> for unknown logins too, and for an answer without a level that is known or a person; null when
    /// the login is somebody else's now.
    /// </returns>
    public async Task<RepositoryPermission?> PermissionAsync(string login, long accountId, CancellationToken cancellationToken)
    {
        if (UrlPath.Segment(login) is not { } segment)
        {
            return RepositoryPermission.None;
        }

        var request = Read($"{Root}/collaborators/{segment}/permission", $"reading what {RemoteText.Clean(login)} may do in {Name}", "metadata: read");
        var found = await _session.FindAsync(request, GitHubJson.Default.CollaboratorPermission, cancellationToken);
        return found?.User is not { } now ? RepositoryPermission.None : now.Id == accountId ? found.Granted : null;
    }

    private static GitHubRequest Read(string path, string doing, string needs) => new(HttpMethod.Get, path, doing) { Needs = needs };

    private static GitHubRequest Write<T>(HttpMethod method, string path, string doing, string needs, T body, JsonTypeInfo<T> type) =>
        new(method, path, doing) { Needs = needs, Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };
}
