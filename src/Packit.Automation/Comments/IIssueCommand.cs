using Packit.Automation.Comments.Grammar;
using Packit.Automation.Events;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Comments;

/// <summary>A command that people give in issues and pull requests of upstream projects.</summary>
public interface IIssueCommand
{
    /// <summary>The word behind the prefix: <c>propose-downstream</c>.</summary>
    string Name { get; }

    /// <summary>Carries it out. Called again for the same command after a crash: it must be idempotent by the command id.</summary>
    /// <exception cref="Http.RemoteException">A remote failed; the command is tried again later.</exception>
    Task<IssueAnswer> RunAsync(GivenIssueCommand given, CancellationToken cancellationToken);
}

/// <summary>What a running command has to say now. Only commands that begin something have one.</summary>
public interface ICommandProgress
{
    /// <summary>The word behind the prefix.</summary>
    string Name { get; }

    /// <summary>Reads how far what the command began is.</summary>
    Task<IssueAnswer> ReadAsync(int commandId, CancellationToken cancellationToken);
}

/// <summary>A command as it was given; its author may give it.</summary>
/// <param name="DeliveryId">Row of the delivery that told of it.</param>
/// <param name="CommandId">Row of the command; everything that it starts carries it.</param>
/// <param name="Place">Where it was given.</param>
/// <param name="Repository">The upstream repository.</param>
/// <param name="Thread">Number of the issue or pull request.</param>
/// <param name="Comment">GitHub's id of the comment.</param>
/// <param name="Author">Its author, as GitHub has it now.</param>
/// <param name="Command">What was understood.</param>
/// <param name="Forge">The repository on GitHub.</param>
public sealed record GivenIssueCommand(
    long DeliveryId, int CommandId, CommandPlace Place, UpstreamRepository Repository, int Thread, long Comment, GitHubAccount Author, Command Command, GitHubRepository Forge)
{
    /// <summary>The step under which the command stores what it decides; see <see cref="Matching.DecisionSteps"/>.</summary>
    public string Step { get; init; } = "";

    /// <summary>Row of the project.</summary>
    public int ProjectId { get; init; }
}

/// <summary>What came of a command so far.</summary>
/// <param name="Text">What is answered, Markdown.</param>
/// <param name="State">How far it is; accepted and running answers are edited as things move.</param>
public sealed record IssueAnswer(string Text, CommandState State);
