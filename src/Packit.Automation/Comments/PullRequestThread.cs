using System.Globalization;
using Microsoft.Extensions.Options;
using Packit.Automation.Effects;
using Packit.Automation.Settings;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>Writes comments into pull requests of dist-git, each once, however often the attempt is repeated.</summary>
public sealed class PullRequestThread(PagureClient pagure, DistGitAddresses addresses, EffectLedger ledger, IOptions<DistGitOptions> distGit)
{
    private const string MarkerStart = "<!-- packit-service: ", MarkerEnd = " -->";

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
        var marker = MarkerStart + occasion + MarkerEnd;
        return ledger.OnceAsync(
            $"pull-request-comment:{page}:{occasion}",
            async token => await pagure.PullRequestAsync(project, pullRequest, token) is { } pull
                && OwnComments(pull).Any(comment => comment.Contains(marker, StringComparison.Ordinal)) ? page : null,
            async token =>
            {
                await pagure.CommentAsync(project, pullRequest, $"{text}\n\n{marker}", token);
                return page;
            },
            cancellationToken);
    }

    /// <summary>What the service has spoken of in a pull request, as dist-git shows it.</summary>
    /// <param name="pull">The pull request with its comments.</param>
    /// <param name="beginning">How the occasions begin that are looked for.</param>
    /// <returns>The rest of each of these occasions.</returns>
    public IEnumerable<string> Said(PagurePullRequest pull, string beginning)
    {
        ArgumentNullException.ThrowIfNull(pull);
        var start = MarkerStart + beginning;
        foreach (var comment in OwnComments(pull))
        {
            var at = comment.LastIndexOf(start, StringComparison.Ordinal) + start.Length;
            if (at >= start.Length && comment.IndexOf(MarkerEnd, at, StringComparison.Ordinal) is >= 0 and var end)
            {
                yield return comment[at..end];
            }
        }
    }

    // Anybody can write a marker; only what the service wrote itself counts.
    private IEnumerable<string> OwnComments(PagurePullRequest pull) =>
        pull.Comments.Where(comment => comment.User.Name == distGit.Value.User).Select(comment => comment.Comment);
}
