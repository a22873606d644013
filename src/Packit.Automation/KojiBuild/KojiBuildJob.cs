using System.Globalization;
using Packit.Automation.Engine;
using Packit.Automation.Storage;

namespace Packit.Automation.KojiBuild;

/// <summary>Identity of the work on one build. Its arguments are the rows of target and group.</summary>
public static class KojiBuildJob
{
    /// <summary>The stored name of the kind of job that submits a build.</summary>
    public const string Kind = "koji-build";

    /// <summary>The build target of Koji for a dist-git branch (Packit: <c>get_build_target_name</c>).</summary>
    public static string BuildTarget(string branch) => IsRawhide(branch) ? "rawhide" : $"{branch}-candidate";

    /// <summary>Whether a branch is Rawhide's, by either of its names.</summary>
    public static bool IsRawhide(string branch) => branch is "rawhide" or "main";

    /// <summary>The engine's job for the next attempt to submit a build.</summary>
    /// <param name="target">The row.</param>
    /// <param name="package">Name of the dist-git repository.</param>
    public static QueuedJob Next(KojiBuildTarget target, string package)
    {
        ArgumentNullException.ThrowIfNull(target);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Kind}/{target.Id}/{target.Attempts}");
        return new QueuedJob(Kind, target.Id, name, $"{Kind}:{package}@{target.Branch}", target.NextAttemptAt);
    }
}
