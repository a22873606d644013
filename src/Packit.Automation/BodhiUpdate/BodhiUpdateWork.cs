using System.Diagnostics;
using Packit.Automation.Failures;
using Packit.Automation.KojiBuild;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Koji;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Makes the update of one build, unless it is there already.</summary>
public sealed class BodhiUpdateWork(KojiClient koji, UpdatesInBodhi bodhi, ChangelogNews news, UpdateRows rows, TimeProvider time)
{
    /// <summary>How long Bodhi may still be making an update whose answer was lost. Before that it is not asked for another.</summary>
    internal static readonly TimeSpan LostCallTime = TimeSpan.FromMinutes(2);

    /// <summary>Makes one attempt.</summary>
    /// <param name="update">The update.</param>
    /// <param name="owner">Name of the worker's claim.</param>
    /// <param name="cancellationToken">Ends the attempt; the intent stays recorded.</param>
    /// <exception cref="RemoteException">A remote failed before Bodhi was asked; the caller says what it means.</exception>
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

        if (update.Target.IntendedAt + LostCallTime - time.GetUtcNow() is { } rest && rest > TimeSpan.Zero)
        {
            return new UpdateOutcome.Failed(Failure.Transient(FailureCodes.BodhiAnswerLost, BodhiUpdateTexts.AnswerLost), rest);
        }

        var targetName = KojiBuildJob.BuildTarget(update.Target.Branch);
        if (await koji.BuildTargetAsync(targetName, cancellationToken) is not { DestinationTag: var candidateTag })
        {
            return new UpdateOutcome.Failed(
                Failure.UserFixable(FailureCodes.BuildTargetMissing, KojiBuildTexts.NoTarget(targetName, update.Target.Branch)));
        }

        var isTagged = (await koji.TagsOfBuildAsync(update.Nvr, cancellationToken)).Any(tag => tag.Name == candidateTag);
        await rows.StoreTagAsync(update.Target.Id, candidateTag, isTagged, cancellationToken);
        if (!isTagged)
        {
            return NotTagged(update.Nvr, candidateTag);
        }

        var build = await news.ReadAsync(update.Nvr, update.Package, candidateTag, cancellationToken);
        return await rows.IntendAsync(update.Target.Id, owner, cancellationToken)
            ? await CreateAsync(update, BodhiUpdatePlan.For([build], update.Settings), candidateTag, owner, cancellationToken)
            : new UpdateOutcome.Failed(Failure.Transient(FailureCodes.BodhiAnswerLost, BodhiUpdateTexts.TakenOver));
    }

    private async Task<UpdateOutcome> CreateAsync(
        UpdateContext update, BodhiUpdatePlan plan, string candidateTag, string owner, CancellationToken cancellationToken)
    {
        var answer = await bodhi.CreateAsync(plan, update.Package, cancellationToken);
        if (answer is CreateAnswer.NotTagged or CreateAnswer.Automatic or CreateAnswer.Refused or CreateAnswer.Away { MayBeMade: false })
        {
            await rows.ForgetIntentAsync(update.Target.Id, owner, cancellationToken);
        }

        return answer switch
        {
            CreateAnswer.Created created => new UpdateOutcome.Created(created.Update, [.. created.Remarks, .. BodhiUpdateTexts.Ignored(plan.Ignored)]),
            CreateAnswer.NotTagged => NotTagged(update.Nvr, candidateTag),
            CreateAnswer.Automatic => new UpdateOutcome.Skipped(BodhiUpdateTexts.Automatic(update.Target.Branch)),
            CreateAnswer.Refused refused => new UpdateOutcome.Failed(refused.Failure),
            CreateAnswer.Exists => await AdoptAsync(update, cancellationToken),
            CreateAnswer.Away { MayBeMade: false, Cause: var cause } => new UpdateOutcome.Failed(RemoteFailures.Describe(cause), cause.RetryAfter),
            CreateAnswer.Away { Cause: var lost } => new UpdateOutcome.Failed(
                Failure.Transient(FailureCodes.BodhiAnswerLost, $"{BodhiUpdateTexts.AnswerLost} {lost.Message}"),
                lost.RetryAfter is { } asked && asked > LostCallTime ? asked : LostCallTime),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Somebody was faster, or an earlier attempt of ours was.</summary>
    private async Task<UpdateOutcome> AdoptAsync(UpdateContext update, CancellationToken cancellationToken) =>
        await bodhi.FindBlockingAsync(update.Nvr, cancellationToken) is { } there
            ? Found(update.Target, there)
            : new UpdateOutcome.Failed(Failure.Transient(FailureCodes.BodhiAnswerLost, BodhiUpdateTexts.ExistsUnseen(update.Nvr)));

    /// <summary>An update that was about to be made by us is ours: only its answer was lost.</summary>
    private static UpdateOutcome Found(BodhiUpdateTarget target, UpdateInBodhi there) =>
        target.IntendedAt is null ? new UpdateOutcome.Adopted(there) : new UpdateOutcome.Created(there, []);

    private static UpdateOutcome.Failed NotTagged(string nvr, string candidateTag) =>
        new(Failure.Transient(FailureCodes.BuildNotTagged, BodhiUpdateTexts.NotTagged(nvr, candidateTag)));
}
