using System.Globalization;
using Packit.Automation.Engine;
using Packit.Automation.Storage;

namespace Packit.Automation.Previewing;

/// <summary>Identity of the work on a preview. Its arguments are in the row.</summary>
internal static class PreviewJob
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string Kind = "preview";

    /// <summary>The engine's job; a project has one preview made at a time.</summary>
    public static QueuedJob Next(ReleasePreview preview) => new(
        Kind, preview.Id, string.Create(CultureInfo.InvariantCulture, $"{Kind}/{preview.Id}/{preview.Attempts}"),
        string.Create(CultureInfo.InvariantCulture, $"{Kind}@{preview.ProjectId}"), preview.NextAttemptAt);
}
