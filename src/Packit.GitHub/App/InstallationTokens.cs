using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>Installation tokens, each narrowed to one repository and kept until shortly before its hour ends. Never stored on disk.</summary>
internal sealed class InstallationTokens(GitHubWire wire, AppSession app, TimeProvider time)
{
    private const int MaxKept = 10_000;
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromMinutes(8);
    private static readonly Dictionary<string, string> Metadata = new() { ["metadata"] = "read" };
    private readonly ConcurrentDictionary<TokenScope, Slot> _slots = new();

    /// <exception cref="RemoteException">GitHub gives no token: not installed any more, suspended, or the App's key is wrong.</exception>
    public async Task<Secret> GetAsync(TokenScope scope, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(scope, static _ => new Slot());
        await slot.Gate.WaitAsync(cancellationToken);
        try
        {
            if (slot.Token is not { } token || time.GetUtcNow() >= slot.RenewAt)
            {
                var created = await CreateAsync(scope, cancellationToken);
                token = new Secret(created.Token);
                slot.Token = token;
                slot.RenewAt = created.ExpiresAt - RenewedBefore;
                ForgetOld();
            }

            return token;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    /// <summary>Drops a token that GitHub refused, unless a newer one has taken its place.</summary>
    public void Forget(TokenScope scope, Secret refused)
    {
        if (_slots.TryGetValue(scope, out var slot) && refused.Equals(slot.Token))
        {
            slot.Token = null;
        }
    }

    /// <summary>Drops all tokens of an installation, whose owner has changed what it may.</summary>
    public void ForgetAll(long installationId)
    {
        foreach (var scope in _slots.Keys.Where(scope => scope.InstallationId == installationId))
        {
            _slots.TryRemove(scope, out _);
        }
    }

    private async Task<InstallationToken> CreateAsync(TokenScope scope, CancellationToken cancellationToken)
    {
        var request = TokenRequest(scope, scope.Permissions);
        var answer = await app.SendAsync(request, cancellationToken);
        if (answer.Status == HttpStatusCode.UnprocessableEntity)
        {
            // GitHub refuses to give more than the owner granted. What is there is asked for; the call that needs more names it.
            var granted = await GrantedAsync(scope, cancellationToken);
            if (!granted.ToHashSet().SetEquals(scope.Permissions))
            {
                answer = await app.SendAsync(TokenRequest(scope, granted), cancellationToken);
            }

            // It knows repositories by the name of today only: one that was renamed is asked for by its id.
            if (answer.Status == HttpStatusCode.UnprocessableEntity && await IdOfRenamedAsync(scope, cancellationToken) is { } id)
            {
                answer = await app.SendAsync(TokenRequest(scope, granted, id), cancellationToken);
            }
        }

        return answer.IsSuccess
            ? GitHubJson.Read(answer.Body, GitHubJson.Default.InstallationToken, request)
            : throw Refused(scope, request, answer);
    }

    private RemoteException Refused(TokenScope scope, GitHubRequest request, GitHubAnswer answer)
    {
        var refused = app.Refused(request, answer);
        return answer.Status == HttpStatusCode.NotFound ? InstallationUnavailableException.Removed(scope.InstallationId, refused) : refused;
    }

    private async Task<Dictionary<string, string>> GrantedAsync(TokenScope scope, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            HttpMethod.Get, $"app/installations/{scope.InstallationId}", $"reading installation {scope.InstallationId}");
        var answer = await app.CallAsync(request, cancellationToken);
        return scope.Within(GitHubJson.Read(answer.Body, GitHubJson.Default.GitHubInstallation, request).Permissions ?? new Dictionary<string, string>());
    }

    /// <summary>Where the name leads to now, by GitHub's redirect; asked with a token that can read nothing but that.</summary>
    /// <returns>Null when it leads nowhere, or is the name of today.</returns>
    private async Task<long?> IdOfRenamedAsync(TokenScope scope, CancellationToken cancellationToken)
    {
        var asking = TokenRequest(scope, Metadata) with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new InstallationTokenBody(null, null, Metadata), GitHubJson.Default.InstallationTokenBody),
        };
        var given = await app.SendAsync(asking, cancellationToken);
        if (!given.IsSuccess)
        {
            return null;
        }

        var reading = new GitHubRequest(HttpMethod.Get, $"repos/{scope.Repository}", $"looking for where {scope.Repository} is now");
        var token = new Secret(GitHubJson.Read(given.Body, GitHubJson.Default.InstallationToken, asking).Token);
        var answer = await wire.SendAsync(reading, token, etag: null, cancellationToken);
        return answer.IsSuccess && GitHubJson.Read(answer.Body, GitHubJson.Default.RepositoryFacts, reading) is var facts && facts.RepositoryName != scope.Repository
            ? facts.Id
            : null;
    }

    private static GitHubRequest TokenRequest(TokenScope scope, IReadOnlyDictionary<string, string> permissions, long? id = null) => new(
        HttpMethod.Post,
        $"app/installations/{scope.InstallationId}/access_tokens",
        $"getting a token for {scope.Repository} from installation {scope.InstallationId}")
    {
        Body = JsonSerializer.SerializeToUtf8Bytes(
            id is { } known ? new InstallationTokenBody(null, [known], permissions) : new InstallationTokenBody([scope.Repository.Name], null, permissions),
            GitHubJson.Default.InstallationTokenBody),
    };

    private void ForgetOld()
    {
        if (_slots.Count <= MaxKept)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var (scope, slot) in _slots)
        {
            if (now >= slot.RenewAt)
            {
                _slots.TryRemove(scope, out _);
            }
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public Secret? Token { get; set; }

        public DateTimeOffset RenewAt { get; set; }
    }
}

internal sealed record InstallationToken(string Token, DateTimeOffset ExpiresAt);

internal sealed record InstallationTokenBody(
    IReadOnlyList<string>? Repositories, IReadOnlyList<long>? RepositoryIds, IReadOnlyDictionary<string, string> Permissions);

internal sealed record GitHubInstallation(
    long Id, IReadOnlyDictionary<string, string>? Permissions = null, GitHubAccount? Account = null, DateTimeOffset? SuspendedAt = null);
