using System.Globalization;
using Packit.Automation.Effects;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Comments;

/// <summary>The one comment that answers a comment: made once, found again by a hidden line, and then changed in place.</summary>
public sealed class AnswerComment(GitHubClient github, EffectLedger ledger)
{
    /// <summary>Makes or changes the answer.</summary>
    /// <param name="comment">What is answered, with its project.</param>
    /// <param name="text">What the answer is to say.</param>
    /// <param name="cancellationToken">Ends the work; repeating it makes no second answer.</param>
    /// <returns>GitHub's id of the answer.</returns>
    /// <exception cref="Http.RemoteException">GitHub refuses, or does not answer.</exception>
    public async Task<long> ShowAsync(CommandComment comment, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(comment);
        var forge = github.Repository(comment.Project.GitHubName, comment.InstallationId);
        var marker = string.Create(CultureInfo.InvariantCulture, $"<!-- packit-service: answer to {comment.ForgeId} -->");
        var body = $"{text}\n{marker}";
        if (comment.AnswerId is { } known)
        {
            await forge.UpdateIssueCommentAsync(known, body, cancellationToken);
            return known;
        }

        var made = await ledger.OnceAsync(
            string.Create(CultureInfo.InvariantCulture, $"answer:{comment.Project.ProjectUrl}:{comment.ForgeId}"),
            async token => (await FindAsync(forge, comment.Thread, marker, token))?.ToString(CultureInfo.InvariantCulture),
            async token => (await forge.CreateIssueCommentAsync(comment.Thread, body, token)).Id.ToString(CultureInfo.InvariantCulture),
            cancellationToken);
        var id = long.Parse(made.Reference, CultureInfo.InvariantCulture);
        if (!made.MadeNow)
        {
            // An earlier attempt made it, and may have said less.
            await forge.UpdateIssueCommentAsync(id, body, cancellationToken);
        }

        return id;
    }

    private async Task<long?> FindAsync(GitHubRepository forge, int thread, string marker, CancellationToken cancellationToken)
    {
        await foreach (var existing in forge.IssueCommentsAsync(thread, cancellationToken))
        {
            if (existing.Body.Contains(marker, StringComparison.Ordinal) && await forge.IsOwnAsync(existing.User, cancellationToken))
            {
                return existing.Id;
            }
        }

        return null;
    }
}
