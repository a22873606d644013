using System.Globalization;
using Packit.Automation.Engine;
using Packit.Automation.Storage;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Identity of the work on one update. Its arguments are the rows of target and group.</summary>
public static class BodhiUpdateJob
{
    /// <summary>The stored name of the kind of job that creates updates.</summary>
    public const string Kind = "bodhi-update";

    /// <summary>The engine's job for the next attempt to create an update.</summary>
    /// <param name="target">The row.</param>
    /// <param name="package">Name of the dist-git repository.</param>
    /// <param name="cause">What made it due before its time, as a part of the job's name; empty for the usual attempt.</param>
    public static QueuedJob Next(BodhiUpdateTarget target, string package, string cause = "")
    {
        ArgumentNullException.ThrowIfNull(target);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Kind}/{target.Id}/{target.Attempts}{(cause.Length > 0 ? "/" : "")}{cause}");
        return new QueuedJob(Kind, target.Id, name, $"update:{package}@{target.Branch}", cause.Length > 0 ? null : target.NextAttemptAt);
    }
}
