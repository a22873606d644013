using System.Globalization;
using Packit.Automation.Engine;
using Packit.Automation.Storage;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Identity of the work on one dist-git branch of a release. Its arguments are the rows of target, run and release.</summary>
public static class ProposeDownstreamJob
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string Kind = "propose-downstream";

    /// <summary>Suffix of working branches: <c>rawhide-update-propose_downstream</c>.</summary>
    private const string BranchSuffix = "-update-propose_downstream";

    /// <summary>The engine's job for the next attempt at a target.</summary>
    /// <param name="target">The row.</param>
    /// <param name="package">Name of the dist-git repository.</param>
    public static QueuedJob Next(SyncReleaseTarget target, string package)
    {
        ArgumentNullException.ThrowIfNull(target);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Kind}/{target.Id}/{target.Attempts}");
        return new QueuedJob(Kind, target.Id, name, $"{package}@{target.Branch}", target.NextAttemptAt);
    }

    /// <summary>The branch of the fork that a proposal for a dist-git branch is pushed to. It does not name the version: there is one proposal at a time.</summary>
    public static string WorkingBranch(string branch) => branch + BranchSuffix;
}
