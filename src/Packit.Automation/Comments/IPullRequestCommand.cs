using Packit.Automation.Comments.Grammar;
using Packit.Pagure;

namespace Packit.Automation.Comments;

/// <summary>A command that packagers give in a pull request of dist-git.</summary>
public interface IPullRequestCommand
{
    /// <summary>The word behind the prefix: <c>koji-build</c>.</summary>
    string Name { get; }

    /// <summary>Carries it out. Called again for the same command after a crash: it must be idempotent by the command id.</summary>
    /// <returns>What is answered in the pull request.</returns>
    /// <exception cref="Http.RemoteException">A remote failed; the command is tried again later.</exception>
    Task<CommandAnswer> RunAsync(GivenCommand command, CancellationToken cancellationToken);
}

/// <summary>A command as it was given; its author may give it. All of it is read from dist-git, nothing from a message.</summary>
/// <param name="DeliveryId">Row of the delivery that told of it.</param>
/// <param name="CommandId">Row of the command; everything that it starts carries it.</param>
/// <param name="Project">The package.</param>
/// <param name="Pull">Where.</param>
/// <param name="Comment">The comment that holds it; its author is a packager.</param>
/// <param name="Command">What was understood.</param>
public sealed record GivenCommand(
    long DeliveryId, int CommandId, PagureProject Project, PagurePullRequest Pull, PagureComment Comment, Command Command)
{
    /// <summary>The step under which the command stores what it decides; see <see cref="Matching.DecisionSteps"/>.</summary>
    public string Step { get; init; } = "";
}

/// <summary>What came of a command.</summary>
/// <param name="Text">What is answered, Markdown.</param>
/// <param name="IsAccepted">Whether something was begun, or done.</param>
public sealed record CommandAnswer(string Text, bool IsAccepted);
