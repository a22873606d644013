using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Events;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Comments;

/// <summary>
/// How often somebody is answered: nobody can make the service talk endlessly. It counts stored commands, so that a restart forgets nothing
/// and a repeated reading decides the same. Beyond the limit a comment is neither carried out nor answered.
/// </summary>
public sealed class CommandRate(IPackitDbFactory databases, AccessFacts facts, IOptions<CommandOptions> options)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>
    /// Decides for a comment that holds commands; to be asked when its rows are stored and before anything is done or said, for commands
    /// that cannot be understood and for <c>help</c> too.
    /// </summary>
    /// <exception cref="Http.RemoteException">Many were given, and whoever knows what the person may do does not answer: to be tried again.</exception>
    public async Task<RateDecision> MayAnswerAsync(RateQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        await using var database = databases.Create();
        var comment = await database.CommandComments.AsNoTracking().Include(row => row.Project)
            .SingleAsync(row => row.Id == question.CommentRowId, cancellationToken);
        var own = database.CommentCommands.Where(row => row.CommentId == question.CommentRowId && row.DeliveryId == question.DeliveryId);
        if (await own.OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken) is not { } first)
        {
            throw new ArgumentException("No command of the comment is stored for this delivery.", nameof(question));
        }

        // A comment that is edited again and again is an occasion each time.
        DateTimeOffset anHourAgo = first.GivenAt - Hour, aDayAgo = first.GivenAt - Day;
        var earlier = await database.CommentCommands.AsNoTracking()
            .Where(row => row.Comment.AuthorId == comment.AuthorId && (comment.AuthorId != null || row.Comment.Author == comment.Author))
            .Where(row => row.Comment.Project.InstanceUrl == comment.Project.InstanceUrl)
            .Where(row => row.Id < first.Id && row.GivenAt > aDayAgo)
            .GroupBy(row => new { row.CommentId, row.DeliveryId, row.Comment.ProjectId, row.Comment.Thread })
            .Select(group => new { group.Key.ProjectId, group.Key.Thread, At = group.Max(row => row.GivenAt) })
            .ToListAsync(cancellationToken);
        var inHour = earlier.Where(occasion => occasion.At > anHourAgo).ToList();
        var here = inHour.Count(occasion => occasion.ProjectId == comment.ProjectId && occasion.Thread == comment.Thread);
        if (here < options.Value.AnswersPerThread && earlier.Count < options.Value.AnswersPerAuthor)
        {
            return new RateDecision.Answer();
        }

        return inHour.Count < options.Value.AnswersWithRights && await HasRightsAsync(question, comment, cancellationToken)
            ? new RateDecision.Answer()
            : here >= options.Value.AnswersPerThread
                ? new RateDecision.Silence(AccessTexts.TooMuch(comment.Author, here, inThread: true))
                : new RateDecision.Silence(AccessTexts.TooMuch(comment.Author, earlier.Count, inThread: false));
    }

    private async Task<bool> HasRightsAsync(RateQuestion question, CommandComment comment, CancellationToken cancellationToken)
    {
        var asked = new AccessQuestion(AccessEvent.HelpCommand, comment.Author) { ActorId = comment.AuthorId, Repository = question.Repository };
        return question.Repository is null
            ? (await facts.AskAsync(AccessRole.Packager, asked, cancellationToken)).IsHeld
            : (await facts.AskAsync(AccessRole.ServiceAdmin, asked, cancellationToken)).IsHeld
                || (await facts.AskAsync(AccessRole.MayMergeUpstream, asked, cancellationToken)).IsHeld;
    }
}

/// <summary>Which comment is to be answered.</summary>
/// <param name="CommentRowId">Its row (<see cref="CommandComment"/>).</param>
/// <param name="DeliveryId">Row of the delivery that tells of its commands.</param>
/// <param name="Repository">The upstream repository; null in dist-git.</param>
public sealed record RateQuestion(int CommentRowId, long DeliveryId, UpstreamRepository? Repository);

/// <summary>Whether a comment is answered.</summary>
public abstract record RateDecision
{
    private RateDecision()
    {
    }

    public sealed record Answer : RateDecision;

    /// <summary>It is not.</summary>
    /// <param name="Reason">Why; for the page of the delivery.</param>
    public sealed record Silence(string Reason) : RateDecision;
}
