using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>Installation tokens, each narrowed to one repository and kept until shortly before its hour ends. Never stored on disk.</summary>
internal sealed class InstallationTokens(AppSession app, TimeProvider time)
{
    private const int MaxKept = 10_000;
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromMinutes(8);
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

    private async Task<InstallationToken> CreateAsync(TokenScope scope, CancellationToken cancellationToken)
    {
        var request = TokenRequest(scope, scope.Permissions);
        var answer = await app.SendAsync(request, cancellationToken);
        if (answer.Status == HttpStatusCode.UnprocessableEntity
            && await GrantedAsync(scope, cancellationToken) is { } granted
            && !granted.ToHashSet().SetEquals(scope.Permissions))
        {
            // GitHub refuses to give more than the owner granted. What is there is asked for; the call that needs more names it.
            answer = await app.SendAsync(TokenRequest(scope, granted), cancellationToken);
        }

        return answer.IsSuccess
            ? GitHubJson.Read(answer.Body, GitHubJson.Default.InstallationToken, request)
            : throw app.Refused(request, answer);
    }

    private async Task<Dictionary<string, string>> GrantedAsync(TokenScope scope, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            HttpMethod.Get, $"app/installations/{scope.InstallationId}", $"reading installation {scope.InstallationId}");
        var answer = await app.CallAsync(request, cancellationToken);
        return scope.Within(GitHubJson.Read(answer.Body, GitHubJson.Default.GitHubInstallation, request).Permissions ?? new Dictionary<string, string>());
    }

    private static GitHubRequest TokenRequest(TokenScope scope, IReadOnlyDictionary<string, string> permissions) => new(
        HttpMethod.Post,
        $"app/installations/{scope.InstallationId}/access_tokens",
        $"getting a token for {scope.Repository} from installation {scope.InstallationId}")
    {
        Body = JsonSerializer.SerializeToUtf8Bytes(
            new InstallationTokenBody([scope.Repository.Name], permissions), GitHubJson.Default.InstallationTokenBody),
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

internal sealed record InstallationTokenBody(IReadOnlyList<string> Repositories, IReadOnlyDictionary<string, string> Permissions);

internal sealed record GitHubInstallation(long Id, IReadOnlyDictionary<string, string>? Permissions = null);
