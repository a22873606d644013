using Packit.Automation.Events;
using Packit.Pagure;

namespace Packit.Automation.Access;

/// <summary>Who asks for what, where.</summary>
/// <param name="Event">What is asked for.</param>
/// <param name="Actor">Login of the person; null when nobody did it, such as for a release, or when it is not known.</param>
public sealed record AccessQuestion(AccessEvent Event, string? Actor)
{
    /// <summary>
    /// GitHub's id of the person, by which rights are held: a login can be given up, and taken by somebody else. Null when it is not known, and
    /// in dist-git, where accounts keep their names.
    /// </summary>
    public long? ActorId { get; init; }

    /// <summary>The upstream repository; null in dist-git.</summary>
    public UpstreamRepository? Repository { get; init; }

    /// <summary>Number of the issue or pull request; null when there is none.</summary>
    public int? Thread { get; init; }

    /// <summary>Whether <see cref="Thread"/> is a pull request.</summary>
    public bool IsPullRequest { get; init; }

    /// <summary>The dist-git package; null upstream.</summary>
    public PagureProject? Package { get; init; }

    /// <summary>Roles that only the asking part of the service can know to be held: <see cref="AccessRole.OwnCheck"/> and those of job configs.</summary>
    public IReadOnlyList<AccessRole> Held { get; init; } = [];
}
