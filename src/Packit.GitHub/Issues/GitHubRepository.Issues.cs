namespace Packit.GitHub;

public sealed partial class GitHubRepository
{
    private const string IssuesRead = "issues: read";
    private const string IssuesWrite = "issues: write";

    /// <summary>Open issues, newest first, page by page as they are taken; pull requests are left out.</summary>
    /// <param name="creator">Only those that this login opened; null for all.</param>
    /// <exception cref="Packit.Http.RemoteException">With status 410 when the repository has no issue tracker.</exception>
    public IAsyncEnumerable<GitHubIssue> OpenIssuesAsync(string? creator, CancellationToken cancellationToken)
    {
        var filter = creator is null ? "" : $"&creator={Uri.EscapeDataString(creator)}";
        var request = Read($"{Root}/issues?state=open&per_page={PageSize}{filter}", $"listing the open issues of {Name}", IssuesRead);
        return _session.ListAsync(request, GitHubJson.Default.IReadOnlyListGitHubIssue, page => page, cancellationToken)
            .Where(issue => !issue.IsPullRequest);
    }

    /// <returns>Null when there is no such issue, or it was deleted.</returns>
    public Task<GitHubIssue?> IssueAsync(int number, CancellationToken cancellationToken) => _session.FindAsync(
        Read($"{Root}/issues/{number}", $"reading issue {number} of {Name}", IssuesRead), GitHubJson.Default.GitHubIssue, cancellationToken);

    /// <summary>Opens an issue. Title and body are cut at GitHub's limits.</summary>
    public Task<GitHubIssue> CreateIssueAsync(string title, string body, CancellationToken cancellationToken) => _session.CallAsync(
        Write(HttpMethod.Post, $"{Root}/issues", $"opening an issue in {Name}", IssuesWrite,
            new IssueBody(Limits.Cut(title, Limits.Title), Limits.Cut(body, Limits.Body)), GitHubJson.Default.IssueBody),
        GitHubJson.Default.GitHubIssue, cancellationToken);

    public Task<GitHubIssue> CloseIssueAsync(int number, CancellationToken cancellationToken) =>
        SetIssueStateAsync(number, IssueState.Closed, cancellationToken);

    public Task<GitHubIssue> ReopenIssueAsync(int number, CancellationToken cancellationToken) =>
        SetIssueStateAsync(number, IssueState.Open, cancellationToken);

    /// <summary>The comments of an issue or pull request, oldest first, page by page as they are taken.</summary>
    public IAsyncEnumerable<GitHubComment> IssueCommentsAsync(int number, CancellationToken cancellationToken) => _session.ListAsync(
        Read($"{Root}/issues/{number}/comments?per_page={PageSize}", $"listing the comments of issue {number} in {Name}", IssuesRead),
        GitHubJson.Default.IReadOnlyListGitHubComment, page => page, cancellationToken);

    /// <returns>A comment of an issue or pull request; null when it is not there (any more).</returns>
    public Task<GitHubComment?> IssueCommentAsync(long commentId, CancellationToken cancellationToken) => _session.FindAsync(
        Read($"{Root}/issues/comments/{commentId}", $"reading comment {commentId} of {Name}", IssuesRead),
        GitHubJson.Default.GitHubComment, cancellationToken);

    /// <summary>Comments on an issue or pull request. The body is cut at GitHub's limit.</summary>
    public Task<GitHubComment> CreateIssueCommentAsync(int number, string body, CancellationToken cancellationToken) => WriteCommentAsync(
        HttpMethod.Post, $"{Root}/issues/{number}/comments", $"commenting on issue {number} of {Name}", IssuesWrite, body, cancellationToken);

    public Task<GitHubComment> UpdateIssueCommentAsync(long commentId, string body, CancellationToken cancellationToken) => WriteCommentAsync(
        HttpMethod.Patch, $"{Root}/issues/comments/{commentId}", $"changing comment {commentId} of {Name}", IssuesWrite, body, cancellationToken);

    /// <summary>The comments on a commit, oldest first.</summary>
    public IAsyncEnumerable<GitHubComment> CommitCommentsAsync(string sha, CancellationToken cancellationToken)
    {
        var doing = $"listing the comments of a commit in {Name}";
        var request = Read($"{Root}/commits/{ObjectId(sha, doing)}/comments?per_page={PageSize}", doing, ContentsRead);
        return _session.ListAsync(request, GitHubJson.Default.IReadOnlyListGitHubComment, page => page, cancellationToken);
    }

    public Task<GitHubComment> CreateCommitCommentAsync(string sha, string body, CancellationToken cancellationToken)
    {
        var doing = $"commenting on a commit of {Name}";
        return WriteCommentAsync(HttpMethod.Post, $"{Root}/commits/{ObjectId(sha, doing)}/comments", doing, ContentsRead, body, cancellationToken);
    }

    /// <summary>Reacts to a comment of an issue or pull request; a reaction that is there already is left as it is.</summary>
    public Task AddReactionAsync(long commentId, Reaction reaction, CancellationToken cancellationToken) => _session.CallAsync(
        Write(HttpMethod.Post, $"{Root}/issues/comments/{commentId}/reactions", $"reacting to comment {commentId} of {Name}", IssuesWrite,
            ReactionBody.Of(reaction), GitHubJson.Default.ReactionBody) with { IsUrgent = true },
        cancellationToken);

    private Task<GitHubIssue> SetIssueStateAsync(int number, IssueState state, CancellationToken cancellationToken) => _session.CallAsync(
        Write(HttpMethod.Patch, $"{Root}/issues/{number}", $"changing issue {number} of {Name}", IssuesWrite,
            new IssueBody(State: state), GitHubJson.Default.IssueBody),
        GitHubJson.Default.GitHubIssue, cancellationToken);

    private Task<GitHubComment> WriteCommentAsync(
        HttpMethod method, string path, string doing, string needs, string body, CancellationToken cancellationToken) => _session.CallAsync(
        Write(method, path, doing, needs, new CommentBody(Limits.Cut(body, Limits.Body)), GitHubJson.Default.CommentBody),
        GitHubJson.Default.GitHubComment, cancellationToken);
}
