using Packit.Automation.Failures;
using Packit.Automation.KojiBuild;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Koji;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Makes the update of one build, unless it is there already.</summary>
public sealed class BodhiUpdateWork(KojiClient koji, UpdatesInBodhi bodhi, ChangelogNews news, UpdateRows rows)
{
    /// <summary>Makes one attempt.</summary>
    /// <param name="update">The update.</param>
    /// <param name="owner">Name of the worker's claim.</param>
    /// <param name="cancellationToken">Ends the attempt; the intent stays recorded.</param>
    /// <exception cref="RemoteException">A remote failed; to be tried again.</exception>
    public async Task<UpdateOutcome> RunAsync(UpdateContext update, string owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        if (await rows.ClaimAsync(update.Target.Id, update.Nvr, cancellationToken) is { } other)
        {
            return new UpdateOutcome.Skipped(BodhiUpdateTexts.MadeElsewhere(update.Nvr, other.Id));
        }

        if (await bodhi.FindAsync(update.Nvr, cancellationToken) is { } there)
        {
            return Found(update.Target, there);
        }

        if (await koji.BuildTargetAsync(KojiBuildJob.BuildTarget(update.Target.Branch), cancellationToken) is not { } target)
        {
            return new UpdateOutcome.Failed(Failure.UserFixable(
                FailureCodes.BuildTargetMissing, KojiBuildTexts.NoTarget(KojiBuildJob.BuildTarget(update.Target.Branch), update.Target.Branch)));
        }

        var candidateTag = target.DestinationTag;
        var tags = await koji.TagsOfBuildAsync(update.Nvr, cancellationToken);
        var isTagged = tags.Any(tag => tag.Name == candidateTag);
        await rows.StoreTagAsync(update.Target.Id, candidateTag, isTagged, cancellationToken);
        if (!isTagged)
        {
            return NotTagged(update.Nvr, candidateTag);
        }

        var changes = await news.SinceStableAsync(update.Nvr, update.Package, candidateTag, cancellationToken);
        var plan = BodhiUpdatePlan.For([new UpdatedBuild(update.Nvr, update.Package, changes)], update.Settings);
        return await rows.IntendAsync(update.Target.Id, owner, cancellationToken)
            ? await CreateAsync(update, plan, candidateTag, cancellationToken)
            : new UpdateOutcome.Failed(Failure.Transient(FailureCodes.RemoteAway, BodhiUpdateTexts.TakenOver));
    }

    private async Task<UpdateOutcome> CreateAsync(
        UpdateContext update, BodhiUpdatePlan plan, string candidateTag, CancellationToken cancellationToken)
    {
        switch (await bodhi.CreateAsync(plan, update.Package, cancellationToken))
        {
            case CreateAnswer.Created created:
                return new UpdateOutcome.Created(created.Update);
            case CreateAnswer.NotTagged:
                return NotTagged(update.Nvr, candidateTag);
            case CreateAnswer.Refused refused:
                return new UpdateOutcome.Failed(refused.Failure);
            default:
                // Somebody was faster, or an earlier attempt of ours was.
                return await bodhi.FindAsync(update.Nvr, cancellationToken) is { } there
                    ? Found(update.Target, there)
                    : new UpdateOutcome.Failed(Failure.Transient(FailureCodes.RemoteAway, BodhiUpdateTexts.ExistsUnseen(update.Nvr)));
        }
    }

    /// <summary>An update that was about to be made by us is ours: only its answer was lost.</summary>
    private static UpdateOutcome Found(BodhiUpdateTarget target, UpdateInBodhi there) =>
        target.IntendedAt is null ? new UpdateOutcome.Adopted(there) : new UpdateOutcome.Created(there);

    private static UpdateOutcome.Failed NotTagged(string nvr, string candidateTag) =>
        new(Failure.Transient(FailureCodes.BuildNotTagged, BodhiUpdateTexts.NotTagged(nvr, candidateTag)));
}
