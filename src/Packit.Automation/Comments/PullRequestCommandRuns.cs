using System.Globalization;
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
    PullRequestCommandRows rows,
    AccessGate gate,
    CommandRate rate,
    PullRequestThread thread,
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
            given.DeliveryId,
            SubjectTexts.Commented(addresses.WebUrl(given.Project.Name), given.Project.ToString(), given.Comment.User.Name, given.Pull.Id), cancellationToken);
        if (given.Commands.Any(command => command.AnsweredAt is null)
            && await rate.MayAnswerAsync(new RateQuestion(commentId, given.DeliveryId, Repository: null), cancellationToken) is RateDecision.Silence silence)
        {
            await rows.SilenceAsync(commentId, given.DeliveryId, cancellationToken);
            await decisions.StoreAsync(given.DeliveryId, [new Decision("comment", given.Project.Name, Matched: false, silence.Reason)], cancellationToken);
            return new DeliveryOutcome.Handled(silence.Reason);
        }

        await NoteSaidAsync(given, cancellationToken);
        RemoteException? away = null;
        foreach (var command in given.Commands)
        {
            away = await RunAsync(given, command, cancellationToken) ?? away;
        }

        await SayAsync(given, cancellationToken);
        return away is null
            ? new DeliveryOutcome.Handled(CommentTexts.CarriedOut(given.Comment.User.Name, given.Commands.Select(command => command.Line)))
            : new DeliveryOutcome.Later(RemoteFailures.Describe(away).Text, away.RetryAfter);
    }

    /// <returns>What has to be waited for; null when the command is at its end, or cannot come to one.</returns>
    private async Task<RemoteException?> RunAsync(CommandsOfComment given, CommentCommand row, CancellationToken cancellationToken)
    {
        if (row.State != CommandState.Received)
        {
            await DecideAsync(row, given, row.State is not (CommandState.Refused or CommandState.Failed), row.Answer, cancellationToken);
            await rows.EndAsync(row.Id, cancellationToken);
            return null;
        }

        try
        {
            var answer = await AnswerAsync(given, row, cancellationToken);
            await DecideAsync(row, given, answer.IsAccepted, answer.Text, cancellationToken);
            await rows.SetAsync(row.Id, answer.IsAccepted ? CommandState.Accepted : CommandState.Refused, answer.Text, cancellationToken);
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
                return remote;
            }

            await rows.SetAsync(row.Id, CommandState.Failed, CommentTexts.NotDone(failure.Text), cancellationToken);
            return null;
        }
    }

    private async Task<CommandAnswer> AnswerAsync(CommandsOfComment given, CommentCommand row, CancellationToken cancellationToken)
    {
        var prefix = service.Value.CommandPrefix;
        var lines = CommentReader.Read(given.Comment.Comment, prefix);
        if (lines.FirstOrDefault(line => CommentReader.Key(line.Line) == CommentReader.Key(row.Line)) is not ReadLine.Understood { Command: var command })
        {
            return new CommandAnswer(CommentTexts.LineGone, IsAccepted: false);
        }

        if (command is Command.Help)
        {
            return new CommandAnswer(HelpTexts.Of(CommandPlace.DistGitPullRequest, prefix), IsAccepted: true);
        }

        var question = new AccessQuestion(EventOf(command), given.Comment.User.Name) { Package = given.Project, Thread = given.Pull.Id, IsPullRequest = true };
        if (await gate.DecideAsync(question, cancellationToken) is AccessDecision.Refused refused)
        {
            return new CommandAnswer(refused.Reason, IsAccepted: false);
        }

        return _commands.TryGetValue(command.Name, out var runner)
            ? await runner.RunAsync(
                new GivenCommand(given.DeliveryId, row.Id, given.Project, given.Pull, given.Comment, command) { Step = DecisionSteps.JobsOf(row.Id) }, cancellationToken)
            : throw new InvalidOperationException($"The grammar lets '{command.Name}' work in dist-git, and nothing carries it out.");
    }

    private static AccessEvent EventOf(Command command) => command switch
    {
        Command.KojiBuild => AccessEvent.DistGitKojiBuild,
        Command.CreateUpdate => AccessEvent.DistGitCreateUpdate,
        Command.AllowUpstream => AccessEvent.DistGitAllowUpstream,
        _ => throw new InvalidOperationException($"Nobody has said who may give '{command.Name}' in dist-git."),
    };

    private Task DecideAsync(CommentCommand row, CommandsOfComment given, bool matched, string? why, CancellationToken cancellationToken) =>
        decisions.StoreAsync(
            given.DeliveryId, DecisionSteps.CommandOf(row.Id),
            [new Decision(
                row.Name.Length > 0 ? row.Name : "command", given.Project.Name, matched,
                matched ? CommentTexts.Gave(given.Comment.User.Name, row.Line) : why ?? "")
                {
                    Ground = matched ? DecisionGround.Met : DecisionGround.Permission,
                }],
            cancellationToken);

    /// <summary>Writes the answers that are there and not written, in one comment.</summary>
    private async Task SayAsync(CommandsOfComment given, CancellationToken cancellationToken)
    {
        var unsaid = await rows.UnansweredAsync(given.Commands[0].CommentId, given.DeliveryId, cancellationToken);
        if (unsaid.Count == 0)
        {
            return;
        }

        var which = string.Join(' ', unsaid.Select(PositionOf));
        await thread.SayOnceAsync(given.Project.Name, given.Pull.Id, Occasion(given) + which, AnswerTexts.Of(unsaid)!, cancellationToken);
        await rows.AnsweredAsync(unsaid, cancellationToken);
    }

    /// <summary>What an earlier attempt said and never learnt so is told by the pull request itself: no command is answered twice.</summary>
    private Task NoteSaidAsync(CommandsOfComment given, CancellationToken cancellationToken)
    {
        var said = thread.Said(given.Pull, Occasion(given)).SelectMany(positions => positions.Split(' ')).ToHashSet(StringComparer.Ordinal);
        return rows.AnsweredAsync(given.Commands.Where(command => command.AnsweredAt is null && said.Contains(PositionOf(command))), cancellationToken);
    }

    private static string Occasion(CommandsOfComment given) => string.Create(CultureInfo.InvariantCulture, $"answer to {given.Comment.Id}: ");

    private static string PositionOf(CommentCommand command) => command.Position.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 4711, Level = LogLevel.Warning, Message = "Command {Command}: a remote service failed")]
    private partial void LogRemote(int command, Exception cause);
}

/// <summary>Commands that a delivery brought of one comment.</summary>
/// <param name="DeliveryId">Row of the delivery.</param>
/// <param name="Project">The package.</param>
/// <param name="Pull">The pull request.</param>
/// <param name="Comment">The comment as dist-git has it.</param>
/// <param name="Commands">Their rows, not tracked, in the order of the comment; at least one.</param>
public sealed record CommandsOfComment(
    long DeliveryId, PagureProject Project, PagurePullRequest Pull, PagureComment Comment, IReadOnlyList<CommentCommand> Commands);
