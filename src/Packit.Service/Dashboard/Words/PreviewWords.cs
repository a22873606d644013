using Packit.Automation.Previewing;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Words;

/// <summary>How the outcomes of a preview are called and marked.</summary>
public static class PreviewWords
{
    public static StateWords Of(PreviewState state) => state switch
    {
        PreviewState.Queued => new("waits for its turn", "○", "queued"),
        PreviewState.Running => new("being made", "◐", "running"),
        PreviewState.Done => new("made", "✓", "done"),
        PreviewState.Error => new("not made", "✗", "failed"),
    };

    public static StateWords Of(PreviewOutcome outcome) => outcome switch
    {
        PreviewOutcome.Propose => new("would be proposed", "✓", "done"),
        PreviewOutcome.Skip => new("would be skipped", "–", "skipped"),
        PreviewOutcome.UpToDate => new("up to date", "✓", "done"),
        PreviewOutcome.Waits => new("would wait", "◷", "waiting"),
        PreviewOutcome.Blocked => new("cannot be proposed", "✗", "failed"),
        PreviewOutcome.Unknown => new("unknown", "?", "waiting"),
    };

    /// <summary>The look of the whole.</summary>
    public static string LookOf(PreviewResult preview)
    {
        ArgumentNullException.ThrowIfNull(preview);
        return preview.Verdict switch
        {
            PreviewVerdict.Yes => "done",
            PreviewVerdict.No => "failed",
            PreviewVerdict.Unknown => "waiting",
        };
    }
}
