using Packit.Automation.KojiBuild;

namespace Packit.Automation.BodhiUpdate;

/// <summary>A build that Koji has finished well, as it matters for an update.</summary>
/// <param name="Id">Koji's number of it.</param>
/// <param name="Nvr">Its NVR.</param>
/// <param name="Package">The dist-git repository that it was made from.</param>
/// <param name="Branch">The dist-git branch, told by the build target.</param>
/// <param name="Commit">The commit that was built.</param>
/// <param name="Owner">Login of who built it.</param>
public sealed record CompleteBuild(long Id, string Nvr, string Package, string Branch, string Commit, string Owner)
{
    private const string Candidate = "-candidate";

    /// <summary>Whether it is one of Rawhide, whose updates Bodhi makes.</summary>
    public bool IsOfRawhide => KojiBuildJob.IsRawhide(Branch);

    /// <summary>The branch that a build target stands for; null for a side tag or a target of release engineering.</summary>
    public static string? BranchOf(string? target) => target switch
    {
        null => null,
        _ when KojiBuildJob.IsRawhide(target) => target,
        _ when target.EndsWith(Candidate, StringComparison.Ordinal) && target.Length > Candidate.Length => target[..^Candidate.Length],
        _ => null,
    };
}
