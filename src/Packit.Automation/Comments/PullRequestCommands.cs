using Microsoft.Extensions.Options;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>
/// Finds the commands in comments of pull requests of dist-git. A message says where to look; what counts is what dist-git shows. Each line counts
/// once, whatever is edited around it.
/// </summary>
public sealed class PullRequestCommands(
    PullRequestCommandRuns runs,
    PullRequestCommandRows rows,
    PagureClient pagure,
    IOptions<ServiceOptions> service,
    IOptions<DistGitOptions> distGit)
{
    /// <summary>
    /// The message of a new comment carries all comments and does not say which one is new. Of two that were written in quick succession the first
    /// would be overlooked if only the last one counted, so those of the last moments count, each once.
    /// </summary>
    private static readonly TimeSpan LastMoments = TimeSpan.FromMinutes(5);

    /// <summary>The accounts of the established service's deployments: what one of them writes is for none of them (Packit: agents of Pagure comments).</summary>
    private static readonly string[] Deployments = ["packit", "packit-stg"];

    /// <summary>Handles a message; repeating it carries nothing out twice.</summary>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome> HandleAsync(
        InboxDelivery delivery, ServiceEvent.DistGitCommented happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(happened);
        var message = happened.Message;
        if (happened.Project.Namespace != distGit.Value.Namespace || !message.Comments.Any(MayHoldCommands))
        {
            return new DeliveryOutcome.Handled(CommentTexts.NoCommand);
        }

        if (await pagure.PullRequestAsync(happened.Project, happened.PullRequest, cancellationToken) is not { } pull)
        {
            return new DeliveryOutcome.Handled(PullRequestCommandTexts.NoPullRequest);
        }

        List<string> outcomes = [];
        DeliveryOutcome.Later? later = null;
        foreach (var comment in Looked(message, pull).Where(IsByPerson))
        {
            if (await ReadAsync(delivery.Id, happened.Project, pull, comment, message.IsEdit, cancellationToken) is { } outcome)
            {
                outcomes.Add(outcome.Text);
                later ??= outcome as DeliveryOutcome.Later;
            }
        }

        var told = outcomes.Count == 0 ? PullRequestCommandTexts.NothingNew : string.Join(' ', outcomes);
        return later is null ? new DeliveryOutcome.Handled(told) : later with { Text = told };
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
            isDone &= await ReadAsync(deliveryId, project, pull, comment, isEdit: false, cancellationToken) is not DeliveryOutcome.Later;
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
        long deliveryId, PagureProject project, PagurePullRequest pull, PagureComment comment, bool isEdit, CancellationToken cancellationToken)
    {
        var known = await rows.OfAsync(project, comment, cancellationToken);
        var added = EditedComment.LinesBeyond([.. known.Select(command => command.Line)], comment.Comment, service.Value.CommandPrefix)
            .Where(line => line is not ReadLine.OfOthers).ToList();
        if (added.Count == 0 && !known.Any(command => command.DeliveryId == deliveryId))
        {
            return null;
        }

        var nobodys = added.Count > 0 ? await WhyNobodysAsync(comment, isEdit && known.Count == 0, cancellationToken) : null;
        var own = await rows.TakeAsync(
            deliveryId, project, pull.Id, comment, [.. added.Select(line => new TakenLine(line, nobodys ?? WhyNot(line)))], cancellationToken);
        return own.Count == 0 ? null : await runs.CarryOutAsync(new CommandsOfComment(deliveryId, project, pull, comment, own), cancellationToken);
    }

    /// <summary>Why lines are not taken for what the author of the comment wants now; null when they are.</summary>
    private async Task<string?> WhyNobodysAsync(PagureComment comment, bool isFirstSightOfEdited, CancellationToken cancellationToken) =>
        comment.Editor is { Name: var editor } && editor != comment.User.Name ? CommentTexts.EditedByOther(editor, comment.User.Name)
        : isFirstSightOfEdited && !await rows.HeardBeforeAsync(comment.DateCreated ?? DateTimeOffset.MinValue, cancellationToken)
            ? PullRequestCommandTexts.FromBefore
            : null;

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
