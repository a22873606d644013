using Packit.Automation.Events;
using Packit.Pagure;

namespace Packit.Automation.Access;

/// <summary>Whether somebody may do what they ask for, decided now from what the forges and the account system say.</summary>
public sealed class AccessGate(Allowlist allowlist)
{
    /// <summary>Decides; called before any sign of acceptance is given.</summary>
    /// <exception cref="Http.RemoteException">Whoever has to be asked does not answer: that is no refusal, and to be tried again.</exception>
    public async Task<AccessDecision> DecideAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question is { Repository: { } repository, Actor: { } actor }
            ? await allowlist.OfAccountAsync(repository.Host, actor, cancellationToken)
            : new AccessDecision.Granted("nothing stands against it");
    }
}

/// <summary>What somebody wants to do.</summary>
public enum AccessEvent
{
    ReleasePublished,
    ConfigPushed,
    ProposeCommand,
    PreviewCommand,
    HelpCommand,
    VerifyFasCommand,
    KojiBuildCommandInIssue,
    CreateUpdateCommandInIssue,
    DistGitKojiBuild,
    DistGitCreateUpdate,
    DistGitAllowUpstream,
    CheckRerun,
}

/// <summary>Who asks for what, where.</summary>
/// <param name="Event">What is asked for.</param>
/// <param name="Actor">Login of the person; null when nobody did it, such as for a release.</param>
public sealed record AccessQuestion(AccessEvent Event, string? Actor)
{
    /// <summary>The upstream repository; null in dist-git.</summary>
    public UpstreamRepository? Repository { get; init; }

    /// <summary>Number of the issue or pull request; null when there is none.</summary>
    public int? Thread { get; init; }

    /// <summary>Whether <see cref="Thread"/> is a pull request.</summary>
    public bool IsPullRequest { get; init; }

    /// <summary>The dist-git package; null upstream.</summary>
    public PagureProject? Package { get; init; }
}
