using Microsoft.EntityFrameworkCore;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Matching;
using Packit.Automation.Storage;

namespace Packit.Automation.Comments;

/// <summary>
/// Keeps comments with commands, wherever they were given. A command is stored before anything is done about it, and belongs to one delivery for
/// good: of two that tell of a comment the one that is read first has it.
/// </summary>
public sealed class CommandRows(IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>The commands that were ever read of a comment, in their order.</summary>
    /// <param name="projectId">Row of the project.</param>
    /// <param name="forgeId">The forge's id of the comment.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<IReadOnlyList<CommentCommand>> OfAsync(int projectId, long forgeId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.CommentCommands.AsNoTracking().Where(row => row.Comment.ProjectId == projectId && row.Comment.ForgeId == forgeId)
            .OrderBy(row => row.Position).ToListAsync(cancellationToken);
    }

    /// <summary>The commands of a delivery whose answers were not written yet, each with its comment.</summary>
    public async Task<IReadOnlyList<CommentCommand>> UnansweredOfAsync(long deliveryId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.CommentCommands.AsNoTracking().Include(row => row.Comment)
            .Where(row => row.DeliveryId == deliveryId && row.AnsweredAt == null && (row.State == CommandState.Received || row.Answer != null))
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Stores the lines of a comment in an upstream project that are not known yet, as commands of this delivery.</summary>
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
        var comment = new KeptComment(project.Id, place.Kind, place.Thread, place.Comment, place.Author.Login)
        {
            AuthorId = place.Author.Id, InstallationId = place.Repository.InstallationId,
        };
        var own = await TakeAsync(place.DeliveryId, comment, [.. lines.Select(line => new TakenLine(line, Refusal: null))], cancellationToken);
        return own is [var first, ..] ? new TakenCommands(place, project.Id, first.CommentId, own) : null;
    }

    /// <summary>Stores lines as commands of a delivery, those that are refused with the reason. Lines that are known already stay as they are.</summary>
    /// <returns>The commands of the comment that belong to the delivery, also from an earlier reading, not tracked and in their order.</returns>
    public async Task<IReadOnlyList<CommentCommand>> TakeAsync(
        long deliveryId, KeptComment comment, IReadOnlyList<TakenLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(comment);
        ArgumentNullException.ThrowIfNull(lines);
        await using var database = databases.Create();
        var row = await database.CommandComments.AsNoTracking()
            .SingleOrDefaultAsync(known => known.ProjectId == comment.ProjectId && known.ForgeId == comment.ForgeId, cancellationToken);
        if (row is null && lines.Count == 0)
        {
            return [];
        }

        row ??= await database.GetOrCreateAsync(
            known => known.ProjectId == comment.ProjectId && known.ForgeId == comment.ForgeId,
            () => new CommandComment
            {
                ProjectId = comment.ProjectId, Place = comment.Place, Thread = comment.Thread, ForgeId = comment.ForgeId,
                Author = comment.Author, AuthorId = comment.AuthorId, InstallationId = comment.InstallationId, SeenAt = time.GetUtcNow(),
            },
            cancellationToken);
        while (true)
        {
            // Two deliveries may tell of one comment: each place is taken once, and who was too late looks again.
            var known = await database.CommentCommands.AsNoTracking().Where(command => command.CommentId == row.Id)
                .OrderBy(command => command.Position).ToListAsync(cancellationToken);
            if (lines.FirstOrDefault(line => !known.Exists(command => IssueComments.IsSame(command.Line, line.Line.Line))) is not { } missing)
            {
                return [.. known.Where(command => command.DeliveryId == deliveryId)];
            }

            await database.InsertIfAbsentAsync(
                new CommentCommand
                {
                    CommentId = row.Id, Position = known.Count, Line = missing.Line.Line, Name = missing.Name, DeliveryId = deliveryId,
                    GivenAt = time.GetUtcNow(), State = missing.Refusal is null ? CommandState.Received : CommandState.Refused, Answer = missing.Refusal,
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

    /// <summary>The commands of a comment that one delivery brought are neither carried out nor answered.</summary>
    public async Task SilenceAsync(int commentId, long deliveryId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        await database.CommandComments.Where(row => row.Id == commentId)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.LookedAt, now), cancellationToken);

        // In dist-git what cannot be understood is stored with its answer, which nobody has seen yet.
        await database.CommentCommands
            .Where(row => row.CommentId == commentId && row.DeliveryId == deliveryId && row.AnsweredAt == null
                && (row.State == CommandState.Received
                    || (row.State == CommandState.Refused && row.Comment.Place == CommandPlace.DistGitPullRequest)))
            .ExecuteUpdateAsync(
                change => change.SetProperty(row => row.State, CommandState.Refused).SetProperty(row => row.Answer, (string?)null), cancellationToken);
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

/// <summary>Commands that one delivery brought.</summary>
/// <param name="Place">Where they were given.</param>
/// <param name="ProjectId">Row of the project.</param>
/// <param name="CommentId">Row of the comment.</param>
/// <param name="Commands">Their rows, not tracked, in the order of the comment.</param>
public sealed record TakenCommands(CommentPlace Place, int ProjectId, int CommentId, IReadOnlyList<CommentCommand> Commands);

/// <summary>A comment whose commands are kept.</summary>
/// <param name="ProjectId">Row of the project.</param>
/// <param name="Place">What kind of place.</param>
/// <param name="Thread">Number of the issue or pull request.</param>
/// <param name="ForgeId">The forge's id of the comment.</param>
/// <param name="Author">Login of its author.</param>
public sealed record KeptComment(int ProjectId, CommandPlace Place, int Thread, long ForgeId, string Author)
{
    /// <summary>GitHub's id of the author's account; null in dist-git, which has none.</summary>
    public long? AuthorId { get; init; }

    /// <summary>The App installation through which the project is reached; 0 in dist-git.</summary>
    public long InstallationId { get; init; }
}

/// <summary>A line of a comment that is to be stored.</summary>
/// <param name="Line">What was read.</param>
/// <param name="Refusal">Why it is not carried out, Markdown; null when that is not known yet.</param>
public sealed record TakenLine(ReadLine Line, string? Refusal)
{
    /// <summary>Name of the command; empty when the line could not be understood.</summary>
    public string Name => Line is ReadLine.Understood { Command.Name: var name } ? name : "";
}
