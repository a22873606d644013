using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>
/// Calls in the name of one installation for one repository: token, limits, conditional requests (of every read) and paging.
/// A write is sent once; only a 401, which says that nothing was done, makes it go again with a new token.
/// </summary>
internal sealed class RepositorySession(
    GitHubWire wire, InstallationTokens tokens, InstallationState state, AnswerCache cache, TokenScope scope,
    CallPriority priority = CallPriority.Ordinary)
{
    /// <summary>The elements of a page of a list.</summary>
    public const int PageLength = 100;

    private const int MaxPages = 100;

    public RateBudget? Budget => state.Budget;

    /// <summary>The same for work that nobody waits for.</summary>
    public RepositorySession InBackground() => new(wire, tokens, state, cache, scope, CallPriority.Background);

    public Task<Secret> TokenAsync(TokenUse use, CancellationToken cancellationToken) =>
        tokens.GetAsync(scope with { Use = use }, cancellationToken);

    /// <exception cref="RemoteException">Every refusal, typed.</exception>
    public Task<GitHubAnswer> CallAsync(GitHubRequest request, CancellationToken cancellationToken) => state.RunAsync(
        request, request.IsUrgent ? CallPriority.Urgent : priority, () => SendAsync(request, cancellationToken), cancellationToken);

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
        [EnumeratorCancellation] CancellationToken cancellationToken,
        int pageLength = PageLength)
    {
        for (var page = 1; page <= MaxPages; page++)
        {
            var answer = await CallAsync(request, cancellationToken);
            var read = items(GitHubJson.Read(answer.Body, type, request));
            var following = LinkHeader.Next(answer.Link);
            if (following is null && read.Count >= pageLength)
            {
                // When the list grows, this page stays as it is, and so does its ETag: nothing would tell of the page after it.
                cache.Forget(Key(request));
            }

            foreach (var item in read)
            {
                yield return item;
            }

            if (following is not { } next)
            {
                yield break;
            }

            request = request with { Path = wire.Address(next, request).AbsoluteUri };
        }

        throw new RemoteException(GitHubWire.Service, RemoteFailure.Unexpected, $"A list has more than {MaxPages} pages while {request.Doing}.");
    }

    private async Task<GitHubAnswer> SendAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        var key = Key(request);
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
            throw state.Refused(request, answer);
        }

        if (request.IsRead)
        {
            cache.Store(key, answer);
        }

        return answer;
    }

    // Whoever may ask is told by GitHub each time, and no installation sees what another one was shown.
    private string Key(GitHubRequest request) => $"{scope.InstallationId} {request.Accept} {request.Path}";
}
