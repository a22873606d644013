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

    internal GitHubRepository(RepositoryName name, GitHubAppCredentials app, RepositorySession session)
    {
        Name = name;
        _app = app;
        _session = session;
    }

    public RepositoryName Name { get; }

    /// <summary>What GitHub last said about this installation's rate limit; null before the first answer.</summary>
    public RateBudget? Budget => _session.Budget;

    /// <summary>The same repository for work that nobody waits for: when few requests are left, it is the first to be held back.</summary>
    public GitHubRepository InBackground() => new(Name, _app, _session.InBackground());

    private string Root => $"repos/{Name}";

    /// <summary>The repository's facts. After a renaming they hold the new name; <see cref="RepositoryFacts.Id"/> stays.</summary>
    public Task<RepositoryFacts> GetAsync(CancellationToken cancellationToken) => _session.CallAsync(
        Read(Root, $"reading the repository {Name}", "metadata: read"), GitHubJson.Default.RepositoryFacts, cancellationToken);

    /// <summary>A token to read this repository with git over https, as the password of <c>x-access-token</c>. It can do nothing else.</summary>
    public Task<Secret> TokenAsync(CancellationToken cancellationToken) => _session.TokenAsync(TokenUse.Git, cancellationToken);

    /// <summary>What a person may do here.</summary>
    /// <returns><see cref="RepositoryPermission.None"/> for unknown logins too, and for an answer without a level that is known.</returns>
    public async Task<RepositoryPermission> PermissionAsync(string login, CancellationToken cancellationToken)
    {
        if (UrlPath.Segment(login) is not { } segment)
        {
            return RepositoryPermission.None;
        }

        var request = Read($"{Root}/collaborators/{segment}/permission", $"reading what {RemoteText.Clean(login)} may do in {Name}", "metadata: read");
        var found = await _session.FindAsync(request, GitHubJson.Default.CollaboratorPermission, cancellationToken);
        return found?.Granted ?? RepositoryPermission.None;
    }

    private static GitHubRequest Read(string path, string doing, string needs) => new(HttpMethod.Get, path, doing) { Needs = needs };

    private static GitHubRequest Write<T>(HttpMethod method, string path, string doing, string needs, T body, JsonTypeInfo<T> type) =>
        new(method, path, doing) { Needs = needs, Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };
}
