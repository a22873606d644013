using Packit.Automation.Storage;

namespace Packit.Automation.BodhiUpdate;

/// <summary>How an update stands in Bodhi.</summary>
/// <param name="Alias">Bodhi's name of it: <c>FEDORA-2026-0123456789</c>.</param>
/// <param name="WebUrl">Its page.</param>
/// <param name="State">Where it is.</param>
/// <param name="Request">Where it is asked to go; null for nowhere.</param>
/// <param name="Karma">The sum of what testers gave.</param>
/// <param name="Gating">What gating says; null when it says nothing.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="TestingAt">When it reached testing.</param>
/// <param name="StableAt">When it reached stable.</param>
public sealed record UpdateInBodhi(
    string Alias,
    string WebUrl,
    BodhiUpdateState State,
    string? Request,
    int? Karma,
    string? Gating,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? TestingAt,
    DateTimeOffset? StableAt)
{
    /// <summary>Whether it is on its way, or has arrived: a build in it needs no other update.</summary>
    public bool Stands => State is BodhiUpdateState.Pending or BodhiUpdateState.Testing or BodhiUpdateState.Stable;

    internal void CopyTo(BodhiUpdateTarget target, DateTimeOffset now)
    {
        (target.Alias, target.WebUrl, target.UpdateState, target.UpdateRequest) = (Alias, WebUrl, State, Request);
        (target.Karma, target.Gating) = (Karma, Gating);
        (target.UpdateCreationTime, target.TestingTime, target.StableTime) = (CreatedAt, TestingAt, StableAt);
        target.NextCheckAt = BodhiUpdateStates.Followed.Contains(State) ? now + UpdateFollower.Pause(target.Checks) : null;
    }
}
