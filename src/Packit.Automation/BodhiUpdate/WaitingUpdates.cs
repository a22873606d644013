using Packit.Automation.Engine;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Takes up updates that wait for something that has happened, before their time.</summary>
public sealed class WaitingUpdates(UpdateRows rows, IJobQueue queue)
{
    /// <summary>Lets the updates of some builds have their next attempt now.</summary>
    /// <param name="nvrs">The builds.</param>
    /// <param name="tag">The tag that one of them was put into; null when something else happened.</param>
    /// <param name="cause">What happened, as a part of the name of jobs: each cause wakes once.</param>
    /// <param name="cancellationToken">Ends the work; it can be repeated.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> WakeAsync(IReadOnlyList<string> nvrs, string? tag, string cause, CancellationToken cancellationToken)
    {
        var woken = await rows.WakeAsync(nvrs, tag, cancellationToken);
        foreach (var target in woken)
        {
            await queue.EnqueueAsync(BodhiUpdateJob.Next(target, target.Group.DownstreamPackage, cause), cancellationToken);
        }

        return woken.Count;
    }
}
