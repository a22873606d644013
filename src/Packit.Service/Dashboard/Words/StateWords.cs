using Packit.Automation.Storage;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard.Words;

/// <summary>How a state is called and marked. The word says it all: colour and mark only help the eye.</summary>
public sealed record StateWords(string Word, string Mark, string CssClass)
{
    /// <summary>How far a branch of a release is, up to its users.</summary>
    public static StateWords Of(BranchState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var main = state.PullRequests.FirstOrDefault(pull => !pull.IsFastForward);
        return state.Status != SyncReleaseTargetStatus.Submitted || main is null || main.NewestTargetId != state.TargetId ? Of(state.Status) : main switch
        {
            { State: PullRequestState.Open } => Of(state.Status),
            { State: PullRequestState.Closed } => new("closed", "–", "skipped"),
            { Build: null } => new("merged", "✓", "done"),
            { Build: { Status: KojiBuildStatus.Success, Update: { } update } } => Of(update),
            { Build: { } build } => Of(build.Status),
        };
    }

    public static StateWords Of(KojiBuildStatus status) => status switch
    {
        KojiBuildStatus.Queued => new("queued", "○", "queued"),
        KojiBuildStatus.Pending => new("submitted", "◐", "running"),
        KojiBuildStatus.Running => new("building", "◐", "running"),
        KojiBuildStatus.Retry => new("waiting", "◷", "waiting"),
        KojiBuildStatus.Success => new("built", "✓", "done"),
        KojiBuildStatus.Failure => new("build failed", "✗", "failed"),
        KojiBuildStatus.Canceled => new("build canceled", "✗", "failed"),
        KojiBuildStatus.Error => new("not built", "✗", "failed"),
        KojiBuildStatus.Skipped => new("left alone", "–", "skipped"),
    };

    public static StateWords Of(UpdateState update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return (update.Status, update.Place) switch
        {
            (BodhiUpdateStatus.Error, _) => new("no update", "✗", "failed"),
            (BodhiUpdateStatus.Queued or BodhiUpdateStatus.Retry, _) => new("awaits update", "◷", "waiting"),
            (_, BodhiUpdateState.Pending) => new("update pending", "◐", "running"),
            (_, BodhiUpdateState.Testing) => new("in testing", "◐", "running"),
            (_, BodhiUpdateState.Stable) => new("stable", "✓", "done"),
            (_, BodhiUpdateState.Unpushed) => new("unpushed", "✗", "failed"),
            (_, BodhiUpdateState.Obsolete) => new("obsolete", "–", "skipped"),
            _ => new("left alone", "–", "skipped"),
        };
    }

    public static StateWords Of(DeliveryState state) => state switch
    {
        DeliveryState.Received => new("waits to be read", "◷", "waiting"),
        DeliveryState.Handled => new("read", "✓", "done"),
        DeliveryState.Rejected => new("not readable", "–", "skipped"),
        DeliveryState.Failed => new("not read", "✗", "failed"),
    };

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
