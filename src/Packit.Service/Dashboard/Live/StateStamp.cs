using Packit.Automation.Storage;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard.Live;

/// <summary>A short text that differs whenever what a page shows of a branch's state does.</summary>
internal static class StateStamp
{
    public static string Of(BranchState state) => string.Join(
        '.',
        WireNames<SyncReleaseTargetStatus>.Of(state.Status), state.Attempts, state.Retries, state.NextAttemptAt?.ToUnixTimeMilliseconds(),
        state.FinishedTime?.ToUnixTimeMilliseconds(), state.Version is null ? 0 : 1, state.PullRequests.Count,
        string.Join('-', state.PullRequests.Select(pull => $"{pull.State}{pull.Build?.Status}{pull.Build?.Update?.Status}{pull.Build?.Update?.Place}")));
}
