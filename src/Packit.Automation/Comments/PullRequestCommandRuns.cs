using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Explaining;
using Packit.Automation.Failures;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>
/// Carries out the commands that one delivery brought of one comment in dist-git, and answers them in one comment. Pagure has no call that edits a comment and no
/// reactions for programs, so what came in the end of a command that began something is a second comment.
/// </summary>
public sealed partial class PullRequestCommandRuns(
    IEnumerable<IPullRequestCommand> commands,
    CommandRows rows,
    PullRequestAnswers answers,
    AccessGate gate,
    CommandRate rate,
    DecisionRows decisions,
    DeliverySubjects subjects,
    DistGitAddresses addresses,
    IOptions<ServiceOptions> service,
    ILogger<PullRequestCommandRuns> logger)
{
    private readonly Dictionary<string, IPullRequestCommand> _commands = commands.ToDictionary(command => command.Name, StringComparer.Ordinal);

    /// <summary>Carries out what was not carried out yet, and answers what was not answered yet.</summary>
    /// <returns>What was done; or, when a remote service was away, that it is to be tried again.</returns>
    /// <exception cref="RemoteException">Nothing could be decided or said; to be tried again.</exception>
    public async Task<DeliveryOutcome> CarryOutAsync(CommandsOfComment given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        var commentId = given.Commands[0].CommentId;
        await subjects.NoteAsync(
            given.DeliveryId, SubjectTexts.Commented(addresses.WebUrl(given.Project.Name), given.Project.ToString(), given.Author, given.Pull.Id),
            cancellationToken);
        if (given.Commands.Any(command => command.AnsweredAt is null)
            && await rate.MayAnswerAsync(new RateQuestion(commentId, given.DeliveryId, Repository: null), cancellationToken) is RateDecision.Silence silence)
        {
            await rows.SilenceAsync(commentId, given.DeliveryId, cancellationToken);
            await decisions.StoreAsync(given.DeliveryId, [new Decision("comment", given.Project.Name, Matched: false, silence.Reason)], cancellationToken);
            return new DeliveryOutcome.Handled(silence.Reason);
        }

        RemoteException? away = null;
        ExceptionDispatchInfo? bug = null;
        foreach (var command in given.Commands)
        {
            try
            {
                away = await RunAsync(given, command, cancellationToken) ?? away;
            }
            catch (Exception thrown) when (thrown is not OperationCanceledException)
            {
                // The other commands have nothing to do with it.
                bug ??= ExceptionDispatchInfo.Capture(thrown);
            }
        }

        await answers.SayAsync(commentId, given.DeliveryId, given.Project, given.Pull, cancellationToken);
        bug?.Throw();
        if (away is not null)
        {
            await answers.SayWaitingAsync(commentId, given.DeliveryId, given.Project, given.Pull, cancellationToken);
        }

        return away is not null ? new DeliveryOutcome.Later(RemoteFailures.Describe(away).Text, away.RetryAfter)
            : given.IsGivenUp ? new DeliveryOutcome.Failed(CommentTexts.GivenUp(last: null))
            : new DeliveryOutcome.Handled(CommentTexts.CarriedOut(given.Author, given.Commands.Select(command => command.Line)));
    }

    /// <returns>What has to be waited for; null when the command is at its end, or cannot come to one.</returns>
    private async Task<RemoteException?> RunAsync(CommandsOfComment given, CommentCommand row, CancellationToken cancellationToken)
    {
        if (row.State != CommandState.Received)
        {
            await DecideAsync(row, given, row.State, row.Answer, cancellationToken);
            await rows.EndAsync(row.Id, cancellationToken);
            return null;
        }

        if (given.IsGivenUp)
        {
            await EndAsync(given, row, CommentTexts.GivenUp(row.Answer), CommandState.Failed, cancellationToken);
            return null;
        }

        try
        {
            var answer = await AnswerAsync(given, row, cancellationToken);
            await EndAsync(given, row, answer.Text, answer.IsAccepted ? CommandState.Accepted : CommandState.Refused, cancellationToken);
            // What began nothing that goes on is done.
            await rows.EndAsync(row.Id, cancellationToken);
            return null;
        }
        catch (RemoteException remote)
        {
            var failure = RemoteFailures.Describe(remote);
            LogRemote(row.Id, remote);
            if (failure.Kind == FailureKind.Transient)
            {
                await rows.SetAsync(row.Id, new IssueAnswer(CommentTexts.TriedAgain(failure.Text), CommandState.Received), cancellationToken);
                return remote;
            }

            await EndAsync(given, row, CommentTexts.NotDone(failure.Text), CommandState.Failed, cancellationToken);
            return null;
        }
    }

    private async Task EndAsync(CommandsOfComment given, CommentCommand row, string answer, CommandState state, CancellationToken cancellationToken)
    {
        await DecideAsync(row, given, state, answer, cancellationToken);
        await rows.SetAsync(row.Id, new IssueAnswer(answer, state), cancellationToken);
    }

    private async Task<CommandAnswer> AnswerAsync(CommandsOfComment given, CommentCommand row, CancellationToken cancellationToken)
    {
        if (given.Comment is not { } comment)
        {
            return new CommandAnswer(PullRequestCommandTexts.CommentDeleted(given.Author), IsAccepted: false);
        }

        var prefix = service.Value.CommandPrefix;
        var lines = CommentReader.Read(comment.Comment, prefix);
        if (lines.FirstOrDefault(line => IssueComments.IsSame(line.Line, row.Line)) is not ReadLine.Understood { Command: var command })
        {
            return new CommandAnswer(CommentTexts.LineGone, IsAccepted: false);
        }

        if (command is Command.Help)
        {
            return new CommandAnswer(HelpTexts.Of(CommandPlace.DistGitPullRequest, prefix), IsAccepted: true);
        }

        var question = new AccessQuestion(EventOf(command), comment.User.Name) { Package = given.Project, Thread = given.Pull.Id, IsPullRequest = true };
        if (await gate.DecideAsync(question, cancellationToken) is AccessDecision.Refused refused)
        {
            return new CommandAnswer(refused.Reason, IsAccepted: false);
        }

        return _commands.TryGetValue(command.Name, out var runner)
            ? await runner.RunAsync(
                new GivenCommand(given.DeliveryId, row.Id, given.Project, given.Pull, comment, command) { Step = DecisionSteps.JobsOf(row.Id) }, cancellationToken)
            : throw new InvalidOperationException($"The grammar lets '{command.Name}' work in dist-git, and nothing carries it out.");
    }

    private static AccessEvent EventOf(Command command) => command switch
    {
        Command.KojiBuild => AccessEvent.DistGitKojiBuild,
        Command.CreateUpdate => AccessEvent.DistGitCreateUpdate,
        Command.AllowUpstream => AccessEvent.DistGitAllowUpstream,
        _ => throw new InvalidOperationException($"Nobody has said who may give '{command.Name}' in dist-git."),
    };

    private Task DecideAsync(CommentCommand row, CommandsOfComment given, CommandState state, string? why, CancellationToken cancellationToken)
    {
        var (ground, reason) = state switch
        {
            CommandState.Refused => (DecisionGround.Permission, why ?? ""),
            CommandState.Failed => (DecisionGround.Other, why ?? ""),
            _ => (DecisionGround.Met, CommentTexts.Gave(given.Author, row.Line)),
        };
        return decisions.StoreAsync(
            given.DeliveryId, DecisionSteps.CommandOf(row.Id),
            [new Decision(row.Name.Length > 0 ? row.Name : "command", given.Project.Name, ground == DecisionGround.Met, reason) { Ground = ground }],
            cancellationToken);
    }

    [LoggerMessage(EventId = 4711, Level = LogLevel.Warning, Message = "Command {Command}: a remote service failed")]
    private partial void LogRemote(int command, Exception cause);
}

/// <summary>Commands that a delivery brought of one comment.</summary>
/// <param name="DeliveryId">Row of the delivery.</param>
/// <param name="Project">The package.</param>
/// <param name="Pull">The pull request.</param>
/// <param name="Author">Login of who wrote the comment.</param>
/// <param name="Comment">The comment as dist-git has it; null when it was deleted.</param>
/// <param name="Commands">Their rows, not tracked, in the order of the comment; at least one.</param>
public sealed record CommandsOfComment(
    long DeliveryId, PagureProject Project, PagurePullRequest Pull, string Author, PagureComment? Comment, IReadOnlyList<CommentCommand> Commands)
{
    /// <summary>They are not carried out any more: those that are still open are told so.</summary>
    public bool IsGivenUp { get; init; }
}
