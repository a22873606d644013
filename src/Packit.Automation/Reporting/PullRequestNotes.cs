using Packit.GitHub;

namespace Packit.Automation.Reporting;

/// <summary>Comments in upstream pull requests, for what could not be shown as a check. The same is not said twice in a row.</summary>
public static class PullRequestNotes
{
    /// <summary>Comments, unless the last comment of this service says the same (Packit: reporting of a broken config).</summary>
    /// <param name="repository">Where.</param>
    /// <param name="number">Number of the pull request.</param>
    /// <param name="text">What is said.</param>
    /// <param name="cancellationToken">Ends the call; repeating it says nothing twice.</param>
    public static async Task TellAsync(GitHubRepository repository, int number, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        string? last = null;
        await foreach (var comment in repository.IssueCommentsAsync(number, cancellationToken))
        {
            last = await repository.IsOwnAsync(comment.User, cancellationToken) ? comment.Body : last;
        }

        if (last != text)
        {
            await repository.CreateIssueCommentAsync(number, text, cancellationToken);
        }
    }
}
