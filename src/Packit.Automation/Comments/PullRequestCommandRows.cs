using Microsoft.EntityFrameworkCore;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Downstream;
using Packit.Automation.Storage;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>
/// Keeps the commands of comments in pull requests of dist-git. A line is stored before anything is done about it, and belongs to one delivery for good:
/// of two messages that tell of a comment the one that is read first has it.
/// </summary>
public sealed class PullRequestCommandRows(IPackitDbFactory databases, DistGitProjects projects, TimeProvider time)
{
    /// <summary>The commands that were ever read of a comment, in their order.</summary>
    public async Task<IReadOnlyList<CommentCommand>> OfAsync(PagureProject project, PagureComment comment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(comment);
        var projectId = await projects.IdOfAsync(project.Name, cancellationToken);
        await using var database = databases.Create();
        return await database.CommentCommands.AsNoTracking()
            .Where(row => row.Comment.ProjectId == projectId && row.Comment.ForgeId == comment.Id)
            .OrderBy(row => row.Position).ToListAsync(cancellationToken);
    }

    /// <summary>Stores lines as commands of a delivery, those that are refused with the reason. Lines that are known already stay as they are.</summary>
    /// <returns>The commands of the comment that belong to the delivery, also from an earlier reading.</returns>
    public async Task<IReadOnlyList<CommentCommand>> TakeAsync(
        long deliveryId, PagureProject project, int pullRequest, PagureComment comment, IReadOnlyList<TakenLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(comment);
        ArgumentNullException.ThrowIfNull(lines);
        var projectId = await projects.IdOfAsync(project.Name, cancellationToken);
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var row = await database.GetOrCreateAsync(
            known => known.ProjectId == projectId && known.ForgeId == comment.Id,
            () => new CommandComment
            {
                ProjectId = projectId, Place = CommandPlace.DistGitPullRequest, Thread = pullRequest, ForgeId = comment.Id, Author = comment.User.Name, SeenAt = now,
            },
            cancellationToken);
        while (true)
        {
            // Each place is taken once; who was too late looks again.
            var known = await database.CommentCommands.AsNoTracking().Where(command => command.CommentId == row.Id)
                .OrderBy(command => command.Position).ToListAsync(cancellationToken);
            if (lines.FirstOrDefault(line => !known.Exists(command => CommentReader.Key(command.Line) == CommentReader.Key(line.Line.Line))) is not { } missing)
            {
                return [.. known.Where(command => command.DeliveryId == deliveryId)];
            }

            await database.InsertIfAbsentAsync(
                new CommentCommand
                {
                    CommentId = row.Id, Position = known.Count, Line = missing.Line.Line, Name = missing.Name, DeliveryId = deliveryId, GivenAt = now,
                    State = missing.Refusal is null ? CommandState.Received : CommandState.Refused, Answer = missing.Refusal,
                },
                cancellationToken);
        }
    }

    /// <summary>Stores what came of a command; one that ended stays as it is.</summary>
    public async Task SetAsync(int commandId, CommandState state, string answer, CancellationToken cancellationToken)
    {
        var text = StoredText.Of(answer);
        await using var database = databases.Create();
        await database.CommentCommands.Where(row => row.Id == commandId && row.State == CommandState.Received)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.State, state).SetProperty(row => row.Answer, text), cancellationToken);
    }

    /// <summary>The commands of a comment that one delivery brought are neither carried out nor answered.</summary>
    public async Task SilenceAsync(int commentId, long deliveryId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        await database.CommentCommands
            .Where(row => row.CommentId == commentId && row.DeliveryId == deliveryId && row.AnsweredAt == null)
            .ExecuteUpdateAsync(
                change => change.SetProperty(row => row.State, CommandState.Refused).SetProperty(row => row.Answer, (string?)null), cancellationToken);
    }

    /// <summary>What has an answer that was not written yet.</summary>
    public async Task<IReadOnlyList<CommentCommand>> UnansweredAsync(int commentId, long deliveryId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.CommentCommands.AsNoTracking()
            .Where(row => row.CommentId == commentId && row.DeliveryId == deliveryId && row.AnsweredAt == null && row.Answer != null
                && row.State != CommandState.Received)
            .OrderBy(row => row.Position).ToListAsync(cancellationToken);
    }

    /// <summary>The answers to these commands were written.</summary>
    public async Task AnsweredAsync(IEnumerable<CommentCommand> commands, CancellationToken cancellationToken)
    {
        var (ids, now) = (commands.Select(command => command.Id).ToList(), time.GetUtcNow());
        await using var database = databases.Create();
        await database.CommentCommands.Where(row => ids.Contains(row.Id))
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.AnsweredAt, now), cancellationToken);
    }

    /// <summary>Whether anything was heard of dist-git before a moment: what was written earlier may have been read by somebody else.</summary>
    public async Task<bool> HeardBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.Deliveries.AnyAsync(row => row.Source == DeliverySource.FedoraMessaging && row.ReceivedAt <= moment, cancellationToken);
    }

    /// <summary>Ends a command of dist-git when all that it began has ended. Commands of other places, and those that go on, stay as they are.</summary>
    public async Task EndAsync(int commandId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var builds = await database.Builds.Where(row => row.Group.CommandId == commandId).Select(row => row.Status).ToListAsync(cancellationToken);
        var updates = await database.Updates.Where(row => row.Group.CommandId == commandId).Select(row => row.Status).ToListAsync(cancellationToken);
        if (builds.Exists(KojiBuildStates.Open.Contains) || updates.Exists(BodhiUpdateStates.Open.Contains))
        {
            return;
        }

        var end = builds.Exists(KojiBuildStates.Failed.Contains) || updates.Contains(BodhiUpdateStatus.Error) ? CommandState.Failed : CommandState.Done;
        await database.CommentCommands
            .Where(row => row.Id == commandId && row.State == CommandState.Accepted && row.Comment.Place == CommandPlace.DistGitPullRequest)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.State, end), cancellationToken);
    }
}

/// <summary>A line of a comment that is to be stored.</summary>
/// <param name="Line">What was read.</param>
/// <param name="Refusal">Why it is not carried out, Markdown; null when it is to be.</param>
public sealed record TakenLine(ReadLine Line, string? Refusal)
{
    public string Name => Line is ReadLine.Understood { Command.Name: var name } ? name : "";
}
