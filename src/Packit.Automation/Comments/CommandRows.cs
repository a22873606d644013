using Microsoft.EntityFrameworkCore;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Matching;
using Packit.Automation.Storage;

namespace Packit.Automation.Comments;

/// <summary>Keeps comments with commands. A command is stored before anything is done about it, and belongs to one delivery for good.</summary>
public sealed class CommandRows(IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>Stores the lines that are not known yet, as commands of this delivery.</summary>
    /// <param name="place">Where they were given.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="cancellationToken">Ends the work; repeating it adds nothing twice.</param>
    /// <returns>The commands of this delivery; null when it has none.</returns>
    public async Task<TakenCommands?> TakeAsync(CommentPlace place, IReadOnlyList<ReadLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(lines);
        await using var database = databases.Create();
        var project = await database.UpstreamProjectAsync(place.Repository, cancellationToken);
        var comment = await database.CommandComments.AsNoTracking()
            .SingleOrDefaultAsync(row => row.ProjectId == project.Id && row.ForgeId == place.Comment, cancellationToken);
        if (comment is null && lines.Count == 0)
        {
            return null;
        }

        comment ??= await database.GetOrCreateAsync(
            row => row.ProjectId == project.Id && row.ForgeId == place.Comment,
            () => new CommandComment
            {
                ProjectId = project.Id, Place = place.Kind, Thread = place.Thread, ForgeId = place.Comment,
                Author = place.Author.Login, AuthorId = place.Author.Id, InstallationId = place.Repository.InstallationId, SeenAt = time.GetUtcNow(),
            },
            cancellationToken);
        while (true)
        {
            // Two deliveries may tell of one comment: each place is taken once, and who was too late looks again.
            var known = await database.CommentCommands.AsNoTracking().Where(row => row.CommentId == comment.Id)
                .OrderBy(row => row.Position).ToListAsync(cancellationToken);
            if (lines.FirstOrDefault(line => !known.Exists(row => IssueComments.IsSame(row.Line, line.Line))) is not { } missing)
            {
                var own = known.Where(row => row.DeliveryId == place.DeliveryId).ToList();
                return own.Count == 0 ? null : new TakenCommands(place, project.Id, comment.Id, own);
            }

            await database.InsertIfAbsentAsync(
                new CommentCommand
                {
                    CommentId = comment.Id, Position = known.Count, Line = missing.Line, State = CommandState.Received,
                    Name = missing is ReadLine.Understood { Command.Name: var name } ? name : "",
                    DeliveryId = place.DeliveryId, GivenAt = time.GetUtcNow(),
                },
                cancellationToken);
        }
    }

    /// <summary>Commands of a delivery that were not carried out, and that their author has taken back, are not carried out any more.</summary>
    /// <param name="deliveryId">Row of the delivery.</param>
    /// <param name="lines">The command lines that the comment has now.</param>
    /// <param name="why">What is answered to the others, where something was answered already.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Row of the comment when its answer is to be changed; null otherwise.</returns>
    public async Task<int?> WithdrawAsync(long deliveryId, IReadOnlyList<string> lines, string why, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var waiting = await database.CommentCommands.Include(row => row.Comment)
            .Where(row => row.DeliveryId == deliveryId && row.State == CommandState.Received).ToListAsync(cancellationToken);
        var gone = waiting.Where(row => !lines.Any(line => IssueComments.IsSame(line, row.Line))).ToList();
        foreach (var command in gone)
        {
            (command.State, command.Answer) = (CommandState.Refused, command.Comment.AnswerId is null ? null : why);
            command.Comment.LookedAt = now;
        }

        await database.SaveChangesAsync(cancellationToken);
        return gone.Find(command => command.Comment.AnswerId is not null)?.CommentId;
    }

    /// <summary>The commands of a delivery are neither carried out nor answered.</summary>
    public async Task SilenceAsync(int commentId, long deliveryId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        await database.CommandComments.Where(row => row.Id == commentId)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.LookedAt, now), cancellationToken);
        await database.CommentCommands.Where(row => row.CommentId == commentId && row.DeliveryId == deliveryId && row.State == CommandState.Received)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.State, CommandState.Refused), cancellationToken);
    }

    /// <summary>Stores what came of a command so far; what is settled stays as it is.</summary>
    public async Task SetAsync(int commandId, IssueAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var text = StoredText.Of(answer.Text);
        await using var database = databases.Create();
        var changed = await database.CommentCommands
            .Where(row => row.Id == commandId && CommandStates.Open.Contains(row.State) && (row.State != answer.State || row.Answer != text))
            .ExecuteUpdateAsync(
                change => change.SetProperty(row => row.State, answer.State).SetProperty(row => row.Answer, text), cancellationToken);
        if (changed > 0)
        {
            await database.CommandComments.Where(row => row.Commands.Any(command => command.Id == commandId))
                .ExecuteUpdateAsync(change => change.SetProperty(row => row.LookedAt, (DateTimeOffset?)null), cancellationToken);
        }
    }
}

/// <summary>Commands that one delivery brought.</summary>
/// <param name="Place">Where they were given.</param>
/// <param name="ProjectId">Row of the project.</param>
/// <param name="CommentId">Row of the comment.</param>
/// <param name="Commands">Their rows, not tracked, in the order of the comment.</param>
public sealed record TakenCommands(CommentPlace Place, int ProjectId, int CommentId, IReadOnlyList<CommentCommand> Commands);
