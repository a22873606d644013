using System.Globalization;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Effects;
using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>Carries out commands in pull requests of dist-git, and answers each where it was given.</summary>
public sealed class PullRequestCommands(
    IEnumerable<IPullRequestCommand> commands,
    IPackagers packagers,
    PullRequestThread thread,
    EffectLedger ledger,
    DecisionRows decisions,
    PagureClient pagure,
    DistGitAddresses addresses,
    IOptions<ServiceOptions> service,
    IOptions<DistGitOptions> distGit)
{
    /// <summary>
    /// A message carries all comments and does not say which one is new. Of two that were written in quick succession the first would be
    /// overlooked if only the last one counted, so those of the last moments count, each once.
    /// </summary>
    private static readonly TimeSpan LastMoments = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, IPullRequestCommand> _commands = commands.ToDictionary(command => command.Name, StringComparer.Ordinal);

    /// <summary>Handles a message; repeating it carries nothing out twice.</summary>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome> HandleAsync(
        InboxDelivery delivery, ServiceEvent.DistGitCommented happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Project.Namespace != distGit.Value.Namespace || !happened.Message.Comments.Any(IsCommand))
        {
            return new DeliveryOutcome.Handled("The comment holds no command.");
        }

        var newest = happened.Message.Last;
        if (await pagure.PullRequestAsync(happened.Project, happened.PullRequest, cancellationToken) is not { } pull)
        {
            return new DeliveryOutcome.Handled("dist-git has no such pull request.");
        }

        List<string> outcomes = [];
        // When it was written is what dist-git says: a message that makes it older would bring old commands back.
        var since = pull.Comments.FirstOrDefault(comment => comment.Id == newest.Id)?.DateCreated - LastMoments ?? DateTimeOffset.MaxValue;
        foreach (var comment in pull.Comments.Where(comment => comment.DateCreated >= since))
        {
            if (await ReadAsync(delivery.Id, NameOf(delivery), happened.Project, pull, comment, cancellationToken) is { } outcome)
            {
                outcomes.Add(outcome);
            }
        }

        return new DeliveryOutcome.Handled(outcomes.Count == 0 ? "The comment holds no command that is new." : string.Join(' ', outcomes));
    }

    /// <summary>Carries out what nobody has told of: the messages of these comments were lost.</summary>
    /// <param name="deliveryId">Row of the delivery that the decisions are kept with.</param>
    /// <param name="reader">Who reads, and reads again when it could not come to the end.</param>
    /// <param name="project">The package.</param>
    /// <param name="pull">The pull request with its comments.</param>
    /// <param name="name">The command that is looked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task ReadMissedAsync(
        long deliveryId, string reader, PagureProject project, PagurePullRequest pull, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pull);
        foreach (var comment in pull.Comments.Where(comment => CommandLine.Find(comment.Comment, service.Value.CommandPrefix)?.Command == name))
        {
            await ReadAsync(deliveryId, reader, project, pull, comment, cancellationToken);
        }
    }

    private async Task<string?> ReadAsync(
        long deliveryId, string reader, PagureProject project, PagurePullRequest pull, PagureComment comment, CancellationToken cancellationToken)
    {
        if (comment.Notification || comment.User.Name == distGit.Value.User
            || CommandLine.Find(comment.Comment, service.Value.CommandPrefix) is not { } line
            || !_commands.TryGetValue(line.Command, out var command)
            || !await IsForAsync(reader, project, pull, comment, cancellationToken))
        {
            return null;
        }

        var answer = await packagers.IsPackagerAsync(comment.User.Name, cancellationToken)
            ? await command.RunAsync(new GivenCommand(deliveryId, project, pull, comment, line.Arguments), cancellationToken)
            : new CommandAnswer(PullRequestCommandTexts.NotAPackager(comment.User.Name, line.Command), IsAccepted: false);
        if (!answer.IsAccepted)
        {
            await decisions.StoreAsync(deliveryId, [new Decision(line.Command, project.Name, Matched: false, answer.Text)], cancellationToken);
        }

        await thread.SayOnceAsync(
            project.Name, pull.Id, string.Create(CultureInfo.InvariantCulture, $"answer to {comment.Id}"), answer.Text, cancellationToken);
        return $"{line.Command} of {comment.User.Name}: {answer.Text}";
    }

    /// <summary>Two messages may speak of one comment; the one that was read first carries its command out.</summary>
    private async Task<bool> IsForAsync(
        string me, PagureProject project, PagurePullRequest pull, PagureComment comment, CancellationToken cancellationToken)
    {
        var taken = await ledger.OnceAsync(
            string.Create(CultureInfo.InvariantCulture, $"command:{addresses.WebUrl(project.Name)}/pull-request/{pull.Id}#comment-{comment.Id}"),
            _ => Task.FromResult<string?>(null),
            _ => Task.FromResult(me),
            cancellationToken);
        return taken.Reference == me;
    }

    private static string NameOf(InboxDelivery delivery) => delivery.Id.ToString(CultureInfo.InvariantCulture);

    private bool IsCommand(BusComment comment) =>
        !comment.IsNotification && comment.Author != distGit.Value.User
        && CommandLine.Find(comment.Text, service.Value.CommandPrefix) is { } line && _commands.ContainsKey(line.Command);
}
