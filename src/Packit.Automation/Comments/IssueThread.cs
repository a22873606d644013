using System.Globalization;
using Packit.Automation.Effects;
using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.GitHub;

namespace Packit.Automation.Comments;

/// <summary>The place where a command was given, and where it is answered: once, however often the delivery is read.</summary>
public sealed class IssueThread(GitHubRepository forge, ServiceEvent.IssueCommented comment, EffectLedger ledger)
{
    public GitHubRepository Forge => forge;

    /// <summary>Shows that the command was seen. GitHub keeps one reaction of a kind per account, so repeating it is harmless.</summary>
    public Task ReactAsync(CancellationToken cancellationToken) => forge.AddReactionAsync(comment.Comment, Reaction.Eyes, cancellationToken);

    /// <summary>Answers the command.</summary>
    public async Task<DeliveryOutcome> AnswerAsync(string text, CancellationToken cancellationToken)
    {
        var marker = string.Create(CultureInfo.InvariantCulture, $"<!-- packit-service: answer to {comment.Comment} -->");
        await ledger.OnceAsync(
            string.Create(CultureInfo.InvariantCulture, $"answer:{comment.Repository.WebUrl}:{comment.Comment}"),
            async token =>
            {
                await foreach (var existing in forge.IssueCommentsAsync(comment.Issue, token))
                {
                    if (existing.Body.Contains(marker, StringComparison.Ordinal))
                    {
                        return existing.HtmlUrl.AbsoluteUri;
                    }
                }

                return null;
            },
            async token => (await forge.CreateIssueCommentAsync(comment.Issue, $"{text}\n{marker}", token)).HtmlUrl.AbsoluteUri,
            cancellationToken);
        return new DeliveryOutcome.Handled($"Answered: {text}");
    }
}
