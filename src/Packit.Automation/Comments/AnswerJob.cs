using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Http;

namespace Packit.Automation.Comments;

/// <summary>
/// Brings the one answer to a comment up to date: puts together what its commands have to say, and shows it. Answers of what is still moving
/// are changed at most every few seconds, however much moves; GitHub allows 80 such calls a minute (GitHub: secondary rate limits).
/// </summary>
public sealed partial class AnswerJob(
    IPackitDbFactory databases,
    CommandRows rows,
    AnswerComment comments,
    DecisionRows decisions,
    IEnumerable<ICommandProgress> progress,
    IJobQueue queue,
    TimeProvider time,
    ILogger<AnswerJob> logger) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "answer";

    /// <summary>The least time between two changes of an answer that is not settled.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(10);

    /// <summary>How long something may be on its way through the engine.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(1);

    /// <summary>How often what moves is looked at when nobody says that it has.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    /// <summary>What could not be shown for this long, as long as a delivery is read again, is not shown any more; the dashboard tells the same.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(3);

    private readonly Dictionary<string, ICommandProgress> _progress = progress.ToDictionary(one => one.Name, StringComparer.Ordinal);

    public string Kind => KindName;

    /// <summary>The engine's job for a comment.</summary>
    /// <param name="commentId">Row of the comment.</param>
    /// <param name="at">When; each time has its own job, so that the last news is never taken for earlier one.</param>
    public static QueuedJob Next(int commentId, DateTimeOffset at) => Job(commentId, at.UtcTicks.ToString(CultureInfo.InvariantCulture), at);

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        if (await LookAsync(rowId, cancellationToken) is not { Wanted: { } wanted } comment || comment.Shown == wanted || comment.NotShown is not null)
        {
            return;
        }

        var now = time.GetUtcNow();
        if (!IsSettled(comment) && comment.ShownAt + Spacing is { } next && next > now)
        {
            await queue.EnqueueAsync(Next(rowId, next), cancellationToken);
            return;
        }

        await ShowAsync(comment, wanted, now, cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset late = now - OrphanAge, stale = now - LookAgain, oldest = now - GiveUp;
        await using var database = databases.Create();
        var orphans = await database.CommandComments
            // In dist-git every answer is a comment of its own (PullRequestAnswerJob).
            .Where(row => row.Place != CommandPlace.DistGitPullRequest)
            .Where(row =>
                (row.Wanted != null && row.NotShown == null && (row.Shown == null || row.Shown != row.Wanted) && row.WantedAt < late && row.WantedAt > oldest)
                || (row.LookedAt == null && row.SeenAt < late && row.Commands.Any(command => command.State != CommandState.Received))
                || (row.LookedAt < stale && row.Commands.Any(command => CommandStates.Begun.Contains(command.State)))
                || row.Commands.Any(command => command.State == CommandState.Received && command.GivenAt < late
                    && database.Deliveries.Any(delivery => delivery.Id == command.DeliveryId && delivery.State != DeliveryState.Received)))
            .Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. orphans.Select(id => Job(id, "sweep", notBefore: null))];
    }

    private static bool IsSettled(CommandComment comment) => comment.Commands.All(command => CommandStates.Settled.Contains(command.State));

    private static QueuedJob Job(int commentId, string occasion, DateTimeOffset? notBefore) => new(
        KindName, commentId, string.Create(CultureInfo.InvariantCulture, $"{KindName}/{commentId}/{occasion}"),
        string.Create(CultureInfo.InvariantCulture, $"{KindName}@{commentId}"), notBefore);

    /// <summary>Puts together what is to be shown.</summary>
    /// <returns>The comment with its commands, not tracked; null when there is no such row.</returns>
    private async Task<CommandComment?> LookAsync(int commentId, CancellationToken cancellationToken)
    {
        foreach (var command in (await LoadAsync(commentId, cancellationToken))?.Commands ?? [])
        {
            if (await NewsAsync(command, cancellationToken) is { } news)
            {
                await rows.SetAsync(command.Id, news, cancellationToken);
            }
        }

        if (await LoadAsync(commentId, cancellationToken) is not { } comment)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (AnswerTexts.Of([.. comment.Commands.OrderBy(command => command.Position)]) is { } wanted && wanted != comment.Wanted)
        {
            // What was not taken is tried once more, with the last word.
            (comment.Wanted, comment.WantedAt, comment.NotShown) = (wanted, now, IsSettled(comment) ? null : comment.NotShown);
        }

        await using var database = databases.Create();
        await database.CommandComments.Where(row => row.Id == commentId).ExecuteUpdateAsync(
            change => change
                .SetProperty(row => row.Wanted, comment.Wanted)
                .SetProperty(row => row.WantedAt, comment.WantedAt)
                .SetProperty(row => row.NotShown, comment.NotShown)
                .SetProperty(row => row.LookedAt, now),
            cancellationToken);
        return comment;
    }

    private async Task<IssueAnswer?> NewsAsync(CommentCommand command, CancellationToken cancellationToken)
    {
        if (CommandStates.Begun.Contains(command.State))
        {
            return _progress.TryGetValue(command.Name, out var reader) ? await reader.ReadAsync(command.Id, cancellationToken) : null;
        }

        if (command.State != CommandState.Received)
        {
            return null;
        }

        await using var database = databases.Create();
        var isGivenUp = await database.Deliveries.AnyAsync(
            row => row.Id == command.DeliveryId && row.State != DeliveryState.Received, cancellationToken);
        return isGivenUp ? new IssueAnswer(CommentTexts.GivenUp(command.Answer), CommandState.Failed) : null;
    }

    private async Task ShowAsync(CommandComment comment, string wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var id = await comments.ShowAsync(comment, wanted, cancellationToken);
            await using var database = databases.Create();
            await database.CommandComments.Where(row => row.Id == comment.Id).ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.AnswerId, id)
                    .SetProperty(row => row.Shown, wanted)
                    .SetProperty(row => row.ShownAt, now)
                    .SetProperty(row => row.NotShown, (string?)null),
                cancellationToken);
        }
        catch (RemoteException refused) when (RemoteFailures.Describe(refused).Kind != FailureKind.Transient)
        {
            // Locked, converted, deleted, or the answer itself was deleted: it would be refused again. The answer stays on the dashboard.
            LogNotShown(comment.Id, refused);
            var reason = StoredText.Of(refused.Message);
            await using var database = databases.Create();
            await database.CommandComments.Where(row => row.Id == comment.Id)
                .ExecuteUpdateAsync(change => change.SetProperty(row => row.NotShown, reason), cancellationToken);
            await decisions.StoreAsync(
                comment.Commands.Max(command => command.DeliveryId), DecisionSteps.Answer,
                [new Decision(KindName, null, Matched: false, AnswerTexts.NotShown(refused.Message, wanted))], cancellationToken);
        }
    }

    private async Task<CommandComment?> LoadAsync(int commentId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.CommandComments.AsNoTracking().Include(row => row.Project).Include(row => row.Commands)
            .SingleOrDefaultAsync(row => row.Id == commentId, cancellationToken);
    }

    [LoggerMessage(EventId = 4703, Level = LogLevel.Warning, Message = "The answer to comment row {Comment} is not taken")]
    private partial void LogNotShown(int comment, Exception cause);
}
