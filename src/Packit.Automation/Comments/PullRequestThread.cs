using System.Globalization;
using Packit.Automation.Effects;
using Packit.Automation.Settings;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>Writes comments into pull requests of dist-git, each once, however often the attempt is repeated.</summary>
public sealed class PullRequestThread(PagureClient pagure, DistGitAddresses addresses, EffectLedger ledger)
{
    /// <summary>Says something.</summary>
    /// <param name="package">Name of the dist-git repository.</param>
    /// <param name="pullRequest">Number of the pull request.</param>
    /// <param name="occasion">What it is said about: the same occasion is never spoken of twice.</param>
    /// <param name="text">The comment, Markdown.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task SayOnceAsync(string package, int pullRequest, string occasion, string text, CancellationToken cancellationToken)
    {
        var project = addresses.Project(package);
        var page = string.Create(CultureInfo.InvariantCulture, $"{addresses.WebUrl(package)}/pull-request/{pullRequest}");
        var marker = $"<!-- packit-service: {occasion} -->";
        return ledger.OnceAsync(
            $"pull-request-comment:{page}:{occasion}",
            async token => await pagure.PullRequestAsync(project, pullRequest, token) is { } pull
                && pull.Comments.Any(comment => comment.Comment.Contains(marker, StringComparison.Ordinal)) ? page : null,
            async token =>
            {
                await pagure.CommentAsync(project, pullRequest, $"{text}\n\n{marker}", token);
                return page;
            },
            cancellationToken);
    }
}
