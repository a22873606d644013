using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Failures;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Http;

namespace Packit.Automation.Comments;

/// <summary>
/// Carries out the commands of one comment and sees to it that each is answered. First it is decided for all of them whether their author may
/// give them; then the comment gets its reaction; then they are carried out one after another.
/// </summary>
public sealed partial class IssueCommandRuns(
    IEnumerable<IIssueCommand> commands,
    CommandRows rows,
    AccessGate gate,
    CommandRate rate,
    AnswerQueue answers,
    DecisionRows decisions,
    IOptions<ServiceOptions> service,
    ILogger<IssueCommandRuns> logger)
{
    private readonly Dictionary<string, IIssueCommand> _commands = commands.ToDictionary(command => command.Name, StringComparer.Ordinal);

    /// <summary>Carries out what was not carried out yet.</summary>
    /// <param name="taken">The commands.</param>
    /// <param name="forge">The repository on GitHub.</param>
    /// <param name="lines">What their lines mean.</param>
    /// <param name="cancellationToken">Ends the work; it can be repeated.</param>
    public async Task<DeliveryOutcome> CarryOutAsync(
        TakenCommands taken, GitHubRepository forge, IReadOnlyList<ReadLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        ArgumentNullException.ThrowIfNull(forge);
        var open = taken.Commands.Where(row => row.State == CommandState.Received)
            .Select(row => new Given(row, lines.First(line => IssueComments.IsSame(line.Line, row.Line)))).ToList();
        if (open.Count > 0
            && await rate.MayAnswerAsync(new RateQuestion(taken.CommentId, taken.Place.DeliveryId, taken.Place.Repository), cancellationToken)
                is RateDecision.Silence silence)
        {
            return await BeSilentAsync(taken, silence.Reason, cancellationToken);
        }

        var allowed = new List<Given>();
        foreach (var given in open)
        {
            if (await WhyNotAsync(taken.Place, given, cancellationToken) is { } refusal)
            {
                await RefuseAsync(given, refusal, cancellationToken);
            }
            else
            {
                allowed.Add(given);
            }
        }

        if (open.Count > 0)
        {
            await ReactAsync(taken, forge, open, cancellationToken);
        }

        RemoteException? away = null;
        foreach (var given in allowed)
        {
            away = await RunAsync(taken, given, forge, cancellationToken) ?? away;
        }

        await answers.CommentChangedAsync(taken.CommentId, cancellationToken);
        return away is null
            ? new DeliveryOutcome.Handled(CommentTexts.CarriedOut(taken.Place.Author.Login, taken.Commands.Select(row => row.Line)))
            : new DeliveryOutcome.Later(RemoteFailures.Describe(away).Text, away.RetryAfter);
    }

    private async Task<DeliveryOutcome> BeSilentAsync(TakenCommands taken, string reason, CancellationToken cancellationToken)
    {
        await decisions.StoreAsync(taken.Place.DeliveryId, [new Decision(IssueComments.Step, null, Matched: false, reason)], cancellationToken);
        await rows.SilenceAsync(taken.CommentId, taken.Place.DeliveryId, cancellationToken);
        return new DeliveryOutcome.Handled(reason);
    }

    private async Task<string?> WhyNotAsync(CommentPlace place, Given given, CancellationToken cancellationToken)
    {
        var prefix = service.Value.CommandPrefix;
        switch (given.Line)
        {
            case ReadLine.TooMany more:
                return CommandLineTexts.TooMany(more);
            case ReadLine.SyntaxError error:
                return CommandLineTexts.SyntaxError(error, prefix, place.Kind);
            case ReadLine.HiddenCharacters hidden:
                return CommandLineTexts.HiddenCharacters(hidden);
            case ReadLine.Understood { Command: var command } when !command.WorksIn(place.Kind):
                return CommandLineTexts.WorksElsewhere(command, prefix);
            case ReadLine.Understood { Command: var command }:
                var question = new AccessQuestion(EventOf(command), place.Author.Login)
                {
                    ActorId = place.Author.Id,
                    Repository = place.Repository, Thread = place.Thread, IsPullRequest = place.Kind == CommandPlace.UpstreamPullRequest,
                };
                return await gate.DecideAsync(question, cancellationToken) is AccessDecision.Refused refused ? refused.Reason : null;
            default:
                throw new UnreachableException();
        }
    }

    private static AccessEvent EventOf(Command command) => command switch
    {
        Command.ProposeDownstream => AccessEvent.ProposeCommand,
        Command.Preview => AccessEvent.PreviewCommand,
        Command.VerifyFas => AccessEvent.VerifyFasCommand,
        Command.KojiBuild => AccessEvent.KojiBuildCommandInIssue,
        Command.CreateUpdate => AccessEvent.CreateUpdateCommandInIssue,
        _ => AccessEvent.HelpCommand,
    };

    private async Task RefuseAsync(Given given, string refusal, CancellationToken cancellationToken)
    {
        await decisions.StoreAsync(given.Row.DeliveryId, DecisionSteps.CommandOf(given.Row.Id), [Decide(given, matched: false, refusal) with { Ground = DecisionGround.Permission }], cancellationToken);
        await rows.SetAsync(given.Row.Id, new IssueAnswer(refusal, CommandState.Refused), cancellationToken);
    }

    /// <summary>
    /// Shows that the comment was read: <c>eyes</c> when something in it was understood, also where its author may not have it; <c>confused</c>
    /// when nothing was. GitHub keeps one reaction of a kind per account, so repeating it is harmless.
    /// </summary>
    private async Task ReactAsync(TakenCommands taken, GitHubRepository forge, List<Given> open, CancellationToken cancellationToken)
    {
        var reaction = open.Exists(given => given.Line is ReadLine.Understood) ? Reaction.Eyes : Reaction.Confused;
        try
        {
            await forge.AddReactionAsync(taken.Place.Comment, reaction, cancellationToken);
        }
        catch (RemoteException refused) when (RemoteFailures.Describe(refused).Kind != FailureKind.Transient)
        {
            // A locked issue takes none. What was asked for is done all the same.
            LogNoReaction(taken.Place.Comment, refused.Message);
        }
    }

    /// <returns>What has to be waited for; null when the command was carried out, or cannot be.</returns>
    private async Task<RemoteException?> RunAsync(TakenCommands taken, Given given, GitHubRepository forge, CancellationToken cancellationToken)
    {
        var command = ((ReadLine.Understood)given.Line).Command;
        try
        {
            var answer = _commands.TryGetValue(command.Name, out var runner)
                ? await runner.RunAsync(Ask(taken, given, command, forge), cancellationToken)
                : new IssueAnswer(CommentTexts.SyntaxError(service.Value.CommandPrefix), CommandState.Refused);
            var began = answer.State is not (CommandState.Refused or CommandState.Failed);
            await decisions.StoreAsync(
                given.Row.DeliveryId, DecisionSteps.CommandOf(given.Row.Id),
                [Decide(given, began, began ? CommentTexts.Gave(taken.Place.Author.Login, given.Row.Line) : answer.Text)], cancellationToken);
            await rows.SetAsync(given.Row.Id, answer, cancellationToken);
            return null;
        }
        catch (RemoteException remote)
        {
            var failure = RemoteFailures.Describe(remote);
            LogRemote(given.Row.Id, remote);
            var waits = failure.Kind == FailureKind.Transient;
            await rows.SetAsync(
                given.Row.Id,
                waits ? new IssueAnswer(CommentTexts.TriedAgain(failure.Text), CommandState.Received)
                    : new IssueAnswer(CommentTexts.NotDone(failure.Text), CommandState.Failed),
                cancellationToken);
            return waits ? remote : null;
        }
    }

    private static GivenIssueCommand Ask(TakenCommands taken, Given given, Command command, GitHubRepository forge) => new(
        given.Row.DeliveryId, given.Row.Id, taken.Place.Kind, taken.Place.Repository, taken.Place.Thread, taken.Place.Comment, taken.Place.Author,
        command, forge)
    {
        Step = DecisionSteps.JobsOf(given.Row.Id), ProjectId = taken.ProjectId,
    };

    private static Decision Decide(Given given, bool matched, string reason) => given.Line is ReadLine.Understood { Command: var command }
        ? new Decision(command.Name, command.Package, matched, reason) { Ground = matched ? DecisionGround.Met : DecisionGround.Other }
        : new Decision("command", null, matched, reason);

    [LoggerMessage(EventId = 4701, Level = LogLevel.Information, Message = "Comment {Comment} takes no reaction: {Reason}")]
    private partial void LogNoReaction(long comment, string reason);

    [LoggerMessage(EventId = 4702, Level = LogLevel.Warning, Message = "Command {Command}: a remote service failed")]
    private partial void LogRemote(int command, Exception cause);

    private sealed record Given(CommentCommand Row, ReadLine Line);
}
