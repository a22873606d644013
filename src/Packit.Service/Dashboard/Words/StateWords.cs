using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Words;

/// <summary>How a state is called and marked. The word says it all: colour and mark only help the eye.</summary>
public sealed record StateWords(string Word, string Mark, string CssClass)
{
    public static StateWords Of(SyncReleaseTargetStatus status) => status switch
    {
        SyncReleaseTargetStatus.Queued => new("queued", "○", "queued"),
        SyncReleaseTargetStatus.Running => new("working", "◐", "running"),
        SyncReleaseTargetStatus.Retry => new("waiting", "◷", "waiting"),
        SyncReleaseTargetStatus.Submitted => new("proposed", "✓", "done"),
        SyncReleaseTargetStatus.Skipped => new("left alone", "–", "skipped"),
        SyncReleaseTargetStatus.Error => new("failed", "✗", "failed"),
    };
}
