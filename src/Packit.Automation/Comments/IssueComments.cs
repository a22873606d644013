using Microsoft.Extensions.Options;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Comments;

/// <summary>
/// Reads the commands of comments in issues and pull requests of upstream projects. A delivery says where to look: what counts is what GitHub
/// shows now. Only lines that both of them have are commands: what somebody adds later comes with a delivery of its own, which says who it was.
/// </summary>
public sealed class IssueComments(
    CommandRows rows,
    IssueCommandRuns runs,
    AnswerQueue answers,
    DecisionRows decisions,
    GitHubClient github,
    IOptions<ServiceOptions> service,
    IOptions<GitHubOptions> app,
    IOptions<InstallingOptions> installing)
{
    /// <summary>Name of the decisions about a comment as a whole.</summary>
    internal const string Step = "comment";

    /// <summary>The Apps of the established service's deployments: what one of them writes is for none of them.</summary>
    private static readonly string[] Deployments = ["packit-as-a-service[bot]", "packit-as-a-service-stg[bot]"];

    /// <summary>Whether a delivery tells of a command; if not, nobody is asked about it.</summary>
    public bool HoldsCommand(ServiceEvent.IssueCommented happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return Told(happened).Any(IsOurs);
    }

    /// <summary>Handles a delivery; repeating it carries nothing out twice.</summary>
    /// <exception cref="Http.RemoteException">GitHub failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome> HandleAsync(InboxDelivery delivery, ServiceEvent.IssueCommented happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(happened);
        var prefix = service.Value.CommandPrefix;
        var told = Told(happened);
        if (!told.Any(IsOurs))
        {
            return new DeliveryOutcome.Handled(told switch
            {
                [ReadLine.OfOthers other, ..] => CommentTexts.OfOthers(other.Name),
                _ when happened.TextBefore is not null => CommentTexts.NothingNew,
                _ => CommentTexts.NoCommand,
            });
        }

        if (WhyNobody(happened) is { } nobody)
        {
            return await IgnoreAsync(delivery, nobody, cancellationToken);
        }

        var forge = github.Repository(happened.Repository.Name, happened.Repository.InstallationId);
        var comment = await forge.IssueCommentAsync(happened.Comment, cancellationToken);
        if (comment is not { User: { IsGone: false, IsBot: false } author })
        {
            var why = comment is null ? CommentTexts.CommentGone : CommentTexts.AuthorGone;
            await WithdrawAsync(delivery, [], why, cancellationToken);
            return await IgnoreAsync(delivery, why, cancellationToken);
        }

        var shown = CommentReader.Read(comment.Body, prefix).Where(IsOurs).ToList();
        await WithdrawAsync(delivery, shown, CommentTexts.LineGone, cancellationToken);
        var given = shown.Where(line => told.Any(other => IsSame(line, other))).ToList();
        var taken = await rows.TakeAsync(Place(delivery, happened, author), given, cancellationToken);
        return taken is null
            ? await IgnoreAsync(delivery, given.Count == 0 ? CommentTexts.LineGone : CommentTexts.NothingNew, cancellationToken)
            : await runs.CarryOutAsync(taken, forge, shown, cancellationToken);
    }

    /// <summary>Whether two lines say the same: then they are one command.</summary>
    internal static bool IsSame(string line, string other) => CommentReader.Key(line) == CommentReader.Key(other);

    private static bool IsSame(ReadLine line, ReadLine other) => IsSame(line.Line, other.Line);

    private static bool IsOurs(ReadLine line) => line is not ReadLine.OfOthers;

    private IReadOnlyList<ReadLine> Told(ServiceEvent.IssueCommented happened) => happened.TextBefore is { } before
        ? EditedComment.NewLines(before, happened.Text, service.Value.CommandPrefix)
        : CommentReader.Read(happened.Text, service.Value.CommandPrefix);

    private string? WhyNobody(ServiceEvent.IssueCommented happened) => happened switch
    {
        _ when happened.Author == app.Value.BotLogin || Deployments.Contains(happened.Author) => CommentTexts.OwnComment,
        { IsByProgram: true } => CommentTexts.ByProgram(happened.Author),
        { EditedBy: { } editor } => CommentTexts.EditedByOther(editor, happened.Author),
        _ => null,
    };

    private async Task WithdrawAsync(InboxDelivery delivery, IReadOnlyList<ReadLine> still, string why, CancellationToken cancellationToken)
    {
        // What is read for the first time has stored nothing yet.
        if (delivery.Attempts > 1 && await rows.WithdrawAsync(delivery.Id, [.. still.Select(line => line.Line)], why, cancellationToken) is { } answered)
        {
            await answers.CommentChangedAsync(answered, cancellationToken);
        }
    }

    private async Task<DeliveryOutcome> IgnoreAsync(InboxDelivery delivery, string why, CancellationToken cancellationToken)
    {
        await decisions.StoreAsync(delivery.Id, [new Decision(Step, null, Matched: false, why)], cancellationToken);
        return new DeliveryOutcome.Handled(why);
    }

    private CommentPlace Place(InboxDelivery delivery, ServiceEvent.IssueCommented happened, GitHubAccount author)
    {
        var approvals = installing.Value.NotificationsRepository.TrimEnd('/');
        var kind = happened.IsPullRequest ? CommandPlace.UpstreamPullRequest
            : string.Equals(happened.Repository.WebUrl, approvals, StringComparison.OrdinalIgnoreCase) ? CommandPlace.ApprovalIssue
            : CommandPlace.UpstreamIssue;
        return new CommentPlace(delivery.Id, happened.Repository, kind, happened.Issue, happened.Comment, author);
    }
}
