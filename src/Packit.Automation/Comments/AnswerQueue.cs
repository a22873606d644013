using Microsoft.EntityFrameworkCore;
using Packit.Automation.Engine;
using Packit.Automation.Storage;

namespace Packit.Automation.Comments;

/// <summary>For whoever changes what a command has to say: its answer is brought up to date.</summary>
public sealed class AnswerQueue(IPackitDbFactory databases, CommandRows rows, IJobQueue queue, TimeProvider time)
{
    /// <summary>Something that a command began has moved.</summary>
    /// <param name="commandId">Row of the command; 0 when no command began it, and nothing is to be done.</param>
    /// <param name="cancellationToken">Ends the work; it can be repeated.</param>
    public async Task ChangedAsync(int commandId, CancellationToken cancellationToken)
    {
        if (commandId == 0)
        {
            return;
        }

        await rows.EndAsync(commandId, cancellationToken);
        await using var database = databases.Create();
        var comment = await database.CommentCommands.Where(row => row.Id == commandId && row.Comment.Place != CommandPlace.DistGitPullRequest).Select(row => (int?)row.CommentId)
            .SingleOrDefaultAsync(cancellationToken);
        if (comment is { } id)
        {
            await CommentChangedAsync(id, cancellationToken);
        }
    }

    /// <summary>A command of a comment has something new to say.</summary>
    public Task CommentChangedAsync(int commentId, CancellationToken cancellationToken) =>
        queue.EnqueueAsync(AnswerJob.Next(commentId, time.GetUtcNow()), cancellationToken);
}
