using System.Runtime.CompilerServices;
using Packit.Http;

namespace Packit.Pagure;

public sealed partial class PagureClient
{
    private const int PageSize = 100;
    private const int MaxPages = 100;
    private static readonly string[] NoPullRequest = ["ENOREQ", "ENOPROJECT"];

    /// <summary>Pull requests, newest first, page by page as they are taken.</summary>
    /// <param name="status">Which ones.</param>
    /// <param name="author">Only those of this login; null for all.</param>
    public async IAsyncEnumerable<PagurePullRequest> PullRequestsAsync(
        PagureProject project, PullRequestFilter status, string? author, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = $"status={status}&per_page={PageSize}{(author is null ? "" : "&author=" + Uri.EscapeDataString(author))}";
        for (var page = 1; page <= MaxPages; page++)
        {
            var answer = await _wire.CallAsync(
                Get(project, $"/pull-requests?{filter}&page={page}", "listing the pull requests of"), PagureJson.Default.PullRequestPage, cancellationToken);
            foreach (var pullRequest in answer.Requests)
            {
                yield return pullRequest;
            }

            if (answer.Requests.Count == 0 || page >= answer.Pagination.Pages)
            {
                yield break;
            }
        }

        throw new RemoteException(PagureWire.Service, RemoteFailure.Unexpected, $"{project} has more than {MaxPages * PageSize} pull requests to list.");
    }

    /// <returns>Null when there is no such pull request or project.</returns>
    public Task<PagurePullRequest?> PullRequestAsync(PagureProject project, int id, CancellationToken cancellationToken) =>
        _wire.FindAsync(Get(project, $"/pull-request/{id}", $"reading pull request {id} of"), PagureJson.Default.PagurePullRequest, NoPullRequest, cancellationToken);

    /// <summary>Makes a pull request. Pagure makes a second one of the same branches too: look for an existing one first.</summary>
    public Task<PagurePullRequest> CreatePullRequestAsync(PagureProject project, PullRequestDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return _wire.CallAsync(
            Post(project, "/pull-request/new", $"opening a pull request to {RemoteText.Clean(draft.BranchTo)} of", [
                new("title", draft.Title),
                new("initial_comment", draft.InitialComment),
                new("branch_to", draft.BranchTo),
                new("branch_from", draft.BranchFrom),
                new("repo_from", draft.From?.Name),
                new("repo_from_username", draft.From?.ForkUser),
                new("repo_from_namespace", draft.From?.Namespace),
            ]),
            PagureJson.Default.PagurePullRequest, cancellationToken);
    }

    /// <summary>Sets title and description; both, since Pagure erases a description that is not sent.</summary>
    public Task<PagurePullRequest> UpdatePullRequestAsync(
        PagureProject project, int id, string title, string initialComment, CancellationToken cancellationToken) => _wire.CallAsync(
        Post(project, $"/pull-request/{id}", $"changing pull request {id} of", [new("title", title), new("initial_comment", initialComment)]),
        PagureJson.Default.PagurePullRequest, cancellationToken);

    /// <summary>Comments on a pull request. Pagure does not tell the comment's id; read the pull request to find it.</summary>
    public Task CommentAsync(PagureProject project, int id, string text, CancellationToken cancellationToken) => _wire.CallAsync(
        Post(project, $"/pull-request/{id}/comment", $"commenting on pull request {id} of", [new("comment", text)]), cancellationToken);

    /// <summary>Closes a pull request without merging it.</summary>
    public Task ClosePullRequestAsync(PagureProject project, int id, CancellationToken cancellationToken) => _wire.CallAsync(
        Post(project, $"/pull-request/{id}/close", $"closing pull request {id} of", []), cancellationToken);
}
