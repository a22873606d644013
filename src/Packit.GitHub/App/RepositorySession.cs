using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>
/// Calls in the name of one installation for one repository: token, limits, conditional requests and paging.
/// A write is sent once; only a 401, which says that nothing was done, makes it go again with a new token.
/// </summary>
internal sealed class RepositorySession(
    GitHubWire wire, InstallationTokens tokens, InstallationState state, AnswerCache cache, TokenScope scope, TimeProvider time)
{
    private const int MaxPages = 100;

    public RateBudget? Budget => state.Budget;

    public Task<Secret> TokenAsync(TokenUse use, CancellationToken cancellationToken) =>
        tokens.GetAsync(scope with { Use = use }, cancellationToken);

    /// <exception cref="RemoteException">Every refusal, typed.</exception>
    public async Task<GitHubAnswer> CallAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        if (request.IsRead)
        {
            return await SendAsync(request, cancellationToken);
        }

        await state.Writing.WaitAsync(cancellationToken);
        try
        {
            return await SendAsync(request, cancellationToken);
        }
        finally
        {
            state.Writing.Release();
        }
    }

    public async Task<T> CallAsync<T>(GitHubRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        GitHubJson.Read((await CallAsync(request, cancellationToken)).Body, type, request);

    /// <returns>Null when GitHub answers 404.</returns>
    public async Task<GitHubAnswer?> FindAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(request, cancellationToken);
        }
        catch (RemoteException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <returns>Null when GitHub answers 404.</returns>
    public async Task<T?> FindAsync<T>(GitHubRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await FindAsync(request, cancellationToken) is { } answer ? GitHubJson.Read(answer.Body, type, request) : null;

    /// <summary>All elements of a list, page by page as they are taken.</summary>
    public async IAsyncEnumerable<TItem> ListAsync<TPage, TItem>(
        GitHubRequest request,
        JsonTypeInfo<TPage> type,
        Func<TPage, IReadOnlyList<TItem>> items,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = 1; page <= MaxPages; page++)
        {
            var answer = await CallAsync(request, cancellationToken);
            foreach (var item in items(GitHubJson.Read(answer.Body, type, request)))
            {
                yield return item;
            }

            if (LinkHeader.Next(answer.Link) is not { } next)
            {
                yield break;
            }

            request = request with { Path = wire.Address(next, request).AbsoluteUri };
        }

        throw new RemoteException(GitHubWire.Service, RemoteFailure.Unexpected, $"A list has more than {MaxPages} pages while {request.Doing}.");
    }

    private async Task<GitHubAnswer> SendAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        state.ThrowIfBlocked(request, time.GetUtcNow());
        var key = $"{scope.InstallationId} {request.Accept} {request.Path}";
        var known = request.IsRead ? cache.Find(key) : null;
        var token = await tokens.GetAsync(scope, cancellationToken);
        var answer = await wire.SendAsync(request, token, known?.ETag, cancellationToken);
        if (answer.Status == HttpStatusCode.Unauthorized)
        {
            tokens.Forget(scope, token);
            token = await tokens.GetAsync(scope, cancellationToken);
            answer = await wire.SendAsync(request, token, known?.ETag, cancellationToken);
        }

        state.Note(answer);
        if (answer.Status == HttpStatusCode.NotModified && known is not null)
        {
            return known;
        }

        if (!answer.IsSuccess)
        {
            throw state.Refused(request, answer, time.GetUtcNow());
        }

        if (request.IsRead)
        {
            cache.Store(key, answer);
        }

        return answer;
    }
}
