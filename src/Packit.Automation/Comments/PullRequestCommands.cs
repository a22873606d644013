using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Downstream;
using Packit.Automation.Events;
using Packit.Automation.Failures;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.Http;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>
/// Finds the commands in comments of pull requests of dist-git. A message says where to look; what counts is what dist-git shows. Each line counts
/// once, whatever is edited around it.
/// </summary>
public sealed class PullRequestCommands(
    PullRequestCommandRuns runs,
    CommandRows rows,
    DecisionRows decisions,
    DistGitProjects projects,
    IPackitDbFactory databases,
    PagureClient pagure,
    IOptions<ServiceOptions> service,
    IOptions<DistGitOptions> distGit,
    IOptions<InboxOptions> inbox,
    TimeProvider time)
{
    /// <summary>
    /// The message of a new comment carries all comments and does not say which one is new. Of two that were written in quick succession the first
    /// would be overlooked if only the last one counted, so those of the last moments count, each once.
    /// </summary>
    private static readonly TimeSpan LastMoments = TimeSpan.FromMinutes(5);

    /// <summary>The accounts of the established service's deployments: what one of them writes is for none of them (Packit: agents of Pagure comments).</summary>
    private static readonly string[] Deployments = ["packit", "packit-stg"];

    /// <summary>
    /// Handles a message; repeating it carries nothing out twice. Whoever gave a command is told what came of it also when dist-git was away for longer
    /// than commands are carried out afterwards.
    /// </summary>
    public async Task<DeliveryOutcome> HandleAsync(
        InboxDelivery delivery, ServiceEvent.DistGitCommented happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Project.Namespace != distGit.Value.Namespace || !happened.Message.Comments.Any(MayHoldCommands))
        {
            return new DeliveryOutcome.Handled(CommentTexts.NoCommand);
        }

        try
        {
            return await LookAsync(delivery, happened, cancellationToken);
        }
        catch (RemoteException away)
        {
            return new DeliveryOutcome.Later(RemoteFailures.Describe(away).Text, away.RetryAfter, WaitingFor.Answer);
        }
    }

    private async Task<DeliveryOutcome> LookAsync(InboxDelivery delivery, ServiceEvent.DistGitCommented happened, CancellationToken cancellationToken)
    {
        if (await pagure.PullRequestAsync(happened.Project, happened.PullRequest, cancellationToken) is not { } pull)
        {
            await rows.WithdrawAsync(delivery.Id, [], PullRequestCommandTexts.NoPullRequest, cancellationToken);
            return await NothingAsync(delivery, PullRequestCommandTexts.NoPullRequest, cancellationToken);
        }

        List<DeliveryOutcome> outcomes = [];
        var isGivenUp = time.GetUtcNow() - delivery.WaitsSince > inbox.Value.Patience;
        var looked = Looked(happened.Message, pull).Where(IsByPerson).ToList();
        foreach (var comment in looked)
        {
            if (await ReadAsync(delivery.Id, happened.Project, pull, comment, happened.Message.IsEdit, isGivenUp, cancellationToken) is { } outcome)
            {
                outcomes.Add(outcome);
            }
        }

        // What an earlier reading took, of a comment that is not found again: it, or the one that the message is about, was deleted.
        var unanswered = await rows.UnansweredOfAsync(delivery.Id, cancellationToken);
        foreach (var commands in unanswered.Where(command => looked.TrueForAll(comment => comment.Id != command.Comment.ForgeId)).GroupBy(command => command.CommentId))
        {
            var row = commands.First().Comment;
            var shown = pull.Comments.FirstOrDefault(comment => comment.Id == row.ForgeId);
            outcomes.Add(await runs.CarryOutAsync(
                new CommandsOfComment(delivery.Id, happened.Project, pull, row.Author, shown, [.. commands]) { IsGivenUp = isGivenUp }, cancellationToken));
        }

        var told = string.Join(' ', outcomes.Select(outcome => outcome.Text));
        return outcomes.Count == 0
            ? await NothingAsync(
                delivery, pull.Comments.Any(comment => comment.Id == happened.Message.Last.Id) ? PullRequestCommandTexts.NothingNew : PullRequestCommandTexts.CommentGone,
                cancellationToken)
            : outcomes.OfType<DeliveryOutcome.Later>().FirstOrDefault() is { } later ? later with { Text = told }
            : outcomes.OfType<DeliveryOutcome.Failed>().FirstOrDefault() is { } failed ? failed with { Text = told }
            : new DeliveryOutcome.Handled(told);
    }

    private async Task<DeliveryOutcome> NothingAsync(InboxDelivery delivery, string why, CancellationToken cancellationToken)
    {
        if (why != PullRequestCommandTexts.NothingNew)
        {
            await decisions.StoreAsync(delivery.Id, [new Decision(IssueComments.Step, null, Matched: false, why)], cancellationToken);
        }

        return new DeliveryOutcome.Handled(why);
    }

    /// <summary>Carries out what nobody has told of: the messages of these comments were lost.</summary>
    /// <param name="deliveryId">Row of the delivery that the decisions are kept with.</param>
    /// <param name="project">The package.</param>
    /// <param name="pull">The pull request with its comments.</param>
    /// <param name="name">The command that is looked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether all of it came to an end; what did not is to be looked at again.</returns>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task<bool> ReadMissedAsync(
        long deliveryId, PagureProject project, PagurePullRequest pull, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pull);
        var isDone = true;
        foreach (var comment in pull.Comments.Where(comment => IsByPerson(comment) && Holds(comment, name)))
        {
            isDone &= await ReadAsync(deliveryId, project, pull, comment, isEdit: false, isGivenUp: false, cancellationToken) is not DeliveryOutcome.Later;
        }

        return isDone;
    }

    /// <summary>The comments that a message is about, as dist-git has them.</summary>
    private static IEnumerable<PagureComment> Looked(PullRequestComment message, PagurePullRequest pull)
    {
        // When the last one was written is what dist-git says: a message that makes it older would bring old commands back.
        var last = pull.Comments.FirstOrDefault(comment => comment.Id == message.Last.Id);
        var since = last?.DateCreated - LastMoments ?? DateTimeOffset.MaxValue;
        return message.IsEdit ? pull.Comments.Where(comment => comment.Id == message.Last.Id) : pull.Comments.Where(comment => comment.DateCreated >= since);
    }

    private async Task<DeliveryOutcome?> ReadAsync(
        long deliveryId, PagureProject project, PagurePullRequest pull, PagureComment comment, bool isEdit, bool isGivenUp, CancellationToken cancellationToken)
    {
        var projectId = await projects.IdOfAsync(project.Name, cancellationToken);
        var known = await rows.OfAsync(projectId, comment.Id, cancellationToken);
        var added = EditedComment.LinesBeyond([.. known.Select(command => command.Line)], comment.Comment, service.Value.CommandPrefix)
            .Where(line => line is not ReadLine.OfOthers).ToList();
        if (added.Count == 0 && !known.Any(command => command.DeliveryId == deliveryId))
        {
            return null;
        }

        var nobodys = added.Count > 0 ? await WhyNobodysAsync(comment, isEdit && known.Count == 0, cancellationToken) : null;
        var own = await rows.TakeAsync(
            deliveryId, new KeptComment(projectId, CommandPlace.DistGitPullRequest, pull.Id, comment.Id, comment.User.Name),
            [.. added.Select(line => new TakenLine(line, nobodys ?? WhyNot(line)))], cancellationToken);
        return own.Count == 0
            ? null
            : await runs.CarryOutAsync(
                new CommandsOfComment(deliveryId, project, pull, comment.User.Name, comment, own) { IsGivenUp = isGivenUp }, cancellationToken);
    }

    /// <summary>Why lines are not taken for what the author of the comment wants now; null when they are.</summary>
    private async Task<string?> WhyNobodysAsync(PagureComment comment, bool isFirstSightOfEdited, CancellationToken cancellationToken) =>
        comment.Editor is { Name: var editor } && editor != comment.User.Name ? CommentTexts.EditedByOther(editor, comment.User.Name)
        : isFirstSightOfEdited && !await HeardBeforeAsync(comment.DateCreated ?? DateTimeOffset.MinValue, cancellationToken)
            ? PullRequestCommandTexts.FromBefore
            : null;

    /// <summary>Whether anything was heard of dist-git before a moment: what was written earlier may have been read by somebody else.</summary>
    private async Task<bool> HeardBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.Deliveries.AnyAsync(row => row.Source == DeliverySource.FedoraMessaging && row.ReceivedAt <= moment, cancellationToken);
    }

    /// <summary>Why a line cannot be carried out by anybody; null when it can.</summary>
    private string? WhyNot(ReadLine line)
    {
        var prefix = service.Value.CommandPrefix;
        return line switch
        {
            ReadLine.TooMany more => CommandLineTexts.TooMany(more),
            ReadLine.SyntaxError error => CommandLineTexts.SyntaxError(error, prefix, CommandPlace.DistGitPullRequest),
            ReadLine.HiddenCharacters hidden => CommandLineTexts.HiddenCharacters(hidden),
            ReadLine.Understood { Command: var command } when !command.WorksIn(CommandPlace.DistGitPullRequest) => CommandLineTexts.WorksElsewhere(command, prefix),
            _ => null,
        };
    }

    private bool Holds(PagureComment comment, string name) =>
        CommentReader.Read(comment.Comment, service.Value.CommandPrefix).Any(line => line is ReadLine.Understood { Command: var command } && command.Name == name);

    private bool IsByPerson(PagureComment comment) => !comment.Notification && IsPerson(comment.User.Name);

    private bool IsPerson(string login) => login != distGit.Value.User && !Deployments.Contains(login);

    private bool MayHoldCommands(BusComment comment) =>
        !comment.IsNotification && IsPerson(comment.Author)
        && CommentReader.Read(comment.Text, service.Value.CommandPrefix).Any(line => line is not ReadLine.OfOthers);
}
