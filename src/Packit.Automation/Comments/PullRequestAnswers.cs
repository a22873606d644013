using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Failures;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>
/// Writes the answers to commands in pull requests of dist-git. Pagure has no call that edits a comment, so each command is answered once, and those that
/// are answered at the same time share a comment.
/// </summary>
public sealed partial class PullRequestAnswers(
    IPackitDbFactory databases, PullRequestThread thread, DecisionRows decisions, TimeProvider time, ILogger<PullRequestAnswers> logger)
{
    /// <summary>How long a command waits before its author is told that it does.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    /// <summary>Writes the answers that are there and not written, in one comment. Where dist-git takes none, the page of the delivery has them.</summary>
    /// <param name="commentId">Row of the comment that holds the commands.</param>
    /// <param name="deliveryId">Row of the delivery that brought them.</param>
    /// <param name="project">The package.</param>
    /// <param name="pull">The pull request, read after all earlier attempts to write.</param>
    /// <param name="cancellationToken">Ends the work; repeating it writes nothing twice.</param>
    /// <exception cref="RemoteException">dist-git is away; to be tried again later.</exception>
    public async Task SayAsync(int commentId, long deliveryId, PagureProject project, PagurePullRequest pull, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(pull);
        var unsaid = await UnsaidAsync(commentId, deliveryId, cancellationToken);
        if (unsaid.Count == 0)
        {
            return;
        }

        // What an earlier attempt said and never learnt so is told by the pull request itself.
        var occasion = string.Create(CultureInfo.InvariantCulture, $"answer to {unsaid[0].Comment.ForgeId}: ");
        var said = thread.Said(pull, occasion).SelectMany(positions => positions.Split(' ')).ToHashSet(StringComparer.Ordinal);
        var left = unsaid.Where(command => !said.Contains(PositionOf(command))).ToList();
        try
        {
            if (left.Count > 0)
            {
                await thread.SayOnceAsync(
                    project.Name, pull.Id, occasion + string.Join(' ', left.Select(PositionOf)), AnswerTexts.Of(left)!, cancellationToken);
            }
        }
        catch (RemoteException refused) when (RemoteFailures.Describe(refused).Kind != FailureKind.Transient)
        {
            // It would be refused again.
            LogNotSaid(commentId, refused);
            await KeepAsync(commentId, deliveryId, refused.Message, cancellationToken);
            return;
        }

        await SaidAsync(commentId, unsaid, cancellationToken);
    }

    /// <summary>Says once that commands wait, and for what, when they have waited for long: most outages are over before anybody wonders.</summary>
    /// <param name="commentId">Row of the comment that holds the commands.</param>
    /// <param name="deliveryId">Row of the delivery that brought them.</param>
    /// <param name="project">The package.</param>
    /// <param name="pull">The pull request.</param>
    /// <param name="cancellationToken">Ends the work; repeating it writes nothing twice.</param>
    /// <exception cref="RemoteException">dist-git is away; to be tried again later.</exception>
    public async Task SayWaitingAsync(int commentId, long deliveryId, PagureProject project, PagurePullRequest pull, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(pull);
        var since = time.GetUtcNow() - Long;
        List<CommentCommand> waiting;
        await using (var database = databases.Create())
        {
            waiting = await database.CommentCommands.AsNoTracking().Include(row => row.Comment)
                .Where(row => row.CommentId == commentId && row.DeliveryId == deliveryId && row.State == CommandState.Received && row.Answer != null
                    && row.GivenAt < since)
                .OrderBy(row => row.Position).ToListAsync(cancellationToken);
        }

        if (waiting is not [{ Comment.ForgeId: var comment }, ..])
        {
            return;
        }

        try
        {
            await thread.SayOnceAsync(
                project.Name, pull.Id, string.Create(CultureInfo.InvariantCulture, $"waiting for {comment}, delivery {deliveryId}"), AnswerTexts.Of(waiting)!,
                cancellationToken);
        }
        catch (RemoteException refused) when (RemoteFailures.Describe(refused).Kind != FailureKind.Transient)
        {
            LogNotSaid(commentId, refused);
        }
    }

    /// <summary>There is no place for the answers: they stay on the page of the delivery.</summary>
    /// <param name="commentId">Row of the comment that holds the commands.</param>
    /// <param name="deliveryId">Row of the delivery that brought them.</param>
    /// <param name="why">Why they cannot be written.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task KeepAsync(int commentId, long deliveryId, string why, CancellationToken cancellationToken)
    {
        if (AnswerTexts.Of(await UnsaidAsync(commentId, deliveryId, cancellationToken)) is { } answer)
        {
            await decisions.StoreAsync(
                deliveryId, DecisionSteps.Answer, [new Decision(AnswerJob.KindName, null, Matched: false, AnswerTexts.NotShown(why, answer))],
                cancellationToken);
        }

        var reason = StoredText.Of(why);
        await using var database = databases.Create();
        await database.CommandComments.Where(row => row.Id == commentId)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.NotShown, reason), cancellationToken);
    }

    private async Task<List<CommentCommand>> UnsaidAsync(int commentId, long deliveryId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.CommentCommands.AsNoTracking().Include(row => row.Comment)
            .Where(row => row.CommentId == commentId && row.DeliveryId == deliveryId && row.AnsweredAt == null && row.Answer != null
                && row.State != CommandState.Received)
            .OrderBy(row => row.Position).ToListAsync(cancellationToken);
    }

    private async Task SaidAsync(int commentId, IReadOnlyList<CommentCommand> commands, CancellationToken cancellationToken)
    {
        var (ids, now) = (commands.Select(command => command.Id).ToList(), time.GetUtcNow());
        await using var database = databases.Create();
        await database.CommentCommands.Where(row => ids.Contains(row.Id))
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.AnsweredAt, now), cancellationToken);
        await database.CommandComments.Where(row => row.Id == commentId && row.NotShown != null)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.NotShown, (string?)null), cancellationToken);
    }

    private static string PositionOf(CommentCommand command) => command.Position.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 4712, Level = LogLevel.Warning, Message = "The answer to comment row {Comment} in dist-git is not taken")]
    private partial void LogNotSaid(int comment, Exception cause);
}
