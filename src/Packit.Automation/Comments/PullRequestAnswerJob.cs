using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Agreements;
using Packit.Automation.Downstream;
using Packit.Automation.Engine;
using Packit.Automation.Intake;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>
/// Has the last word about commands in dist-git that nobody reads any more: their delivery was given up, or whoever looked after them has no reason to
/// look again. What was not carried out is said to be given up, and what was not said is said; when dist-git itself is away, once it is back.
/// </summary>
public sealed class PullRequestAnswerJob(
    IPackitDbFactory databases, CommandRows rows, PullRequestCommandRuns runs, PullRequestAnswers answers, PagureClient pagure, DistGitAddresses addresses,
    IOptions<InboxOptions> inbox, TimeProvider time) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "pull-request-answer";

    public string Kind => KindName;

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        List<CommentCommand> left;
        await using (var database = databases.Create())
        {
            left = await LeftAlone(database).AsNoTracking().Include(row => row.Comment).ThenInclude(comment => comment.Project)
                .Where(row => row.CommentId == rowId).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        }

        if (left is not [{ Comment: var comment }, ..])
        {
            return;
        }

        var project = addresses.Project(comment.Project.RepoName);
        var pull = await pagure.PullRequestAsync(project, comment.Thread, cancellationToken);
        foreach (var delivery in left.GroupBy(command => command.DeliveryId))
        {
            if (pull is null)
            {
                foreach (var command in delivery)
                {
                    await rows.SetAsync(command.Id, new IssueAnswer(PullRequestCommandTexts.NoPullRequest, CommandState.Failed), cancellationToken);
                }

                await answers.KeepAsync(rowId, delivery.Key, PullRequestCommandTexts.NoPullRequest, cancellationToken);
                continue;
            }

            var said = pull.Comments.FirstOrDefault(known => known.Id == comment.ForgeId);
            await runs.CarryOutAsync(new CommandsOfComment(delivery.Key, project, pull, comment.Author, said, [.. delivery]) { IsGivenUp = true }, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var comments = await LeftAlone(database).Where(row => row.Comment.NotShown == null)
            .Select(row => new { row.CommentId, Package = row.Comment.Project.RepoName }).Distinct().ToListAsync(cancellationToken);

        // Not beside the look for answers to the question of a package: that carries out commands, too.
        return [.. comments.Select(row => new QueuedJob(
            KindName, row.CommentId, string.Create(CultureInfo.InvariantCulture, $"{KindName}/{row.CommentId}"), AgreementWatchJob.ExclusiveKey(row.Package)))];
    }

    /// <summary>Commands that wait, or whose answer waits, while no delivery is to be read that brought them.</summary>
    private IQueryable<CommentCommand> LeftAlone(PackitDb database)
    {
        var now = time.GetUtcNow();
        DateTimeOffset old = now - inbox.Value.Patience, oldest = now - inbox.Value.AnswerPatience;
        return database.CommentCommands
            .Where(row => row.Comment.Place == CommandPlace.DistGitPullRequest && row.AnsweredAt == null && row.GivenAt > oldest)
            .Where(row => row.State == CommandState.Received || row.Answer != null)
            .Where(row => database.Deliveries.Any(delivery => delivery.Id == row.DeliveryId && delivery.State != DeliveryState.Received
                && (row.State != CommandState.Received || row.GivenAt < old
                    || (delivery.Source == DeliverySource.FedoraMessaging && delivery.State == DeliveryState.Failed))));
    }
}
