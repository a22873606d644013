using Packit.Automation.Events;
using Packit.Automation.Storage;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Somebody or something wants a release proposed.</summary>
/// <param name="DeliveryId">Row of the delivery that says so.</param>
/// <param name="Repository">The upstream repository.</param>
/// <param name="Tag">The release's tag.</param>
/// <param name="Trigger">What asked.</param>
/// <param name="IsAllowed">Whether it was decided already that the project may; an administrator of the service may ask for any.</param>
public sealed record ReleaseRequest(long DeliveryId, UpstreamRepository Repository, string Tag, RunTrigger Trigger, bool IsAllowed = false)
{
    /// <summary>The command that asks; 0 when none does.</summary>
    public int CommandId { get; init; }

    /// <summary>Only these branches of these jobs, however they ended; null for what the trigger starts.</summary>
    public IReadOnlySet<JobBranch>? Again { get; init; }

    /// <summary>Only the jobs of this package of the config; null for all.</summary>
    public string? Package { get; init; }

    /// <summary>Whether a person wants all branches, also those that have the release.</summary>
    public bool AllBranches { get; init; }

    /// <summary>Names of branches or aliases that a person wants; empty for all that are configured.</summary>
    public IReadOnlyList<string> Branches { get; init; } = [];

    /// <summary>The step of the delivery under which decisions are stored; see <see cref="Matching.DecisionSteps"/>.</summary>
    public string Step { get; init; } = "";
}

/// <summary>A dist-git branch of one job.</summary>
/// <param name="ViewIndex">Place of the job and package among the config's views.</param>
/// <param name="Branch">The branch.</param>
public sealed record JobBranch(int ViewIndex, string Branch);

/// <summary>What came of a request.</summary>
public abstract record ReleaseAnswer
{
    private ReleaseAnswer()
    {
    }

    /// <summary>Branches were put to work.</summary>
    public sealed record Started(IReadOnlyList<string> Branches) : ReleaseAnswer;

    /// <summary>The forge does not show the tag (yet).</summary>
    public sealed record NotVisible(string Text) : ReleaseAnswer;

    /// <summary>The commit has no package config.</summary>
    public sealed record NoConfig(string Commit) : ReleaseAnswer;

    /// <summary>The config has errors; they were reported.</summary>
    public sealed record InvalidConfig(string Text) : ReleaseAnswer;

    /// <summary>No job of the config is for this.</summary>
    public sealed record NoJob : ReleaseAnswer;

    /// <summary>The package that was asked for is not in the config.</summary>
    /// <param name="Text">What who asked reads, with the packages that there are.</param>
    public sealed record UnknownPackage(string Text) : ReleaseAnswer;

    /// <summary>The project is not let through.</summary>
    /// <param name="Commit">The release's commit.</param>
    /// <param name="Reason">What the project reads.</param>
    public sealed record NotAllowed(string Commit, string Reason) : ReleaseAnswer;

    /// <summary>Branches were asked for that are none of those that the config names.</summary>
    /// <param name="Unknown">As they were asked for.</param>
    /// <param name="Configured">Those that could be.</param>
    public sealed record NotConfigured(IReadOnlyList<string> Unknown, IReadOnlyList<string> Configured) : ReleaseAnswer;

    /// <summary>Every branch has it already.</summary>
    public sealed record AllDone(IReadOnlyList<string> PullRequests) : ReleaseAnswer;

    /// <summary>Branches that are not done are being worked on.</summary>
    public sealed record InProgress : ReleaseAnswer;
}
