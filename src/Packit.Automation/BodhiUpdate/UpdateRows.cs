using Microsoft.EntityFrameworkCore;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Moves updates through their states. Every move is one conditional statement, so that two workers cannot both make it.</summary>
public sealed class UpdateRows(IPackitDbFactory databases, OutagePatience outages, TimeProvider time)
{
    /// <summary>How long a worker is believed alive without a sign.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How often an update is begun, outages apart.</summary>
    public const int MaxAttempts = 30;

    private static readonly BodhiUpdateStatus[] Open = [.. BodhiUpdateStates.Open];

    /// <summary>Takes an update for an attempt. One that is finished, not due, or in the hands of a living worker is not given.</summary>
    public async Task<bool> TryBeginAsync(int targetId, string owner, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        return await database.Updates
            .Where(row => row.Id == targetId && Open.Contains(row.Status)
                && (row.NextAttemptAt == null || row.NextAttemptAt <= now)
                && (row.LeaseUntil == null || row.LeaseUntil < now))
            .ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Attempts, row => row.Attempts + 1)
                    .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.LeaseOwner, owner)
                    .SetProperty(row => row.LeaseUntil, now + Lease),
                cancellationToken) == 1;
    }

    /// <summary>Says that the worker lives.</summary>
    public async Task RenewAsync(int targetId, string owner, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Lease;
        await using var database = databases.Create();
        await database.Updates.Where(row => row.Id == targetId && row.LeaseOwner == owner && row.LeaseUntil != null)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.LeaseUntil, until), cancellationToken);
    }

    /// <summary>Takes the right to make the update of a build, or learns who has it. The right of a row that has ended is taken over.</summary>
    /// <returns>Null when the right is ours, else the row that has it.</returns>
    public async Task<BodhiUpdateTarget?> ClaimAsync(int targetId, string nvr, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        while (true)
        {
            await database.InsertIfAbsentAsync(
                new NvrClaim { Kind = NvrClaimKind.BodhiUpdate, Nvr = nvr, TargetId = targetId, ClaimedAt = time.GetUtcNow() }, cancellationToken);
            await database.NvrClaims
                .Where(claim => claim.Kind == NvrClaimKind.BodhiUpdate && claim.Nvr == nvr
                    && !database.Updates.Any(row => row.Id == claim.TargetId && Open.Contains(row.Status)))
                .ExecuteUpdateAsync(change => change.SetProperty(claim => claim.TargetId, targetId), cancellationToken);
            var holder = await database.NvrClaims
                .Where(claim => claim.Kind == NvrClaimKind.BodhiUpdate && claim.Nvr == nvr).Select(claim => (int?)claim.TargetId)
                .SingleOrDefaultAsync(cancellationToken);
            if (holder == targetId)
            {
                return null;
            }

            if (await database.Updates.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == holder && Open.Contains(row.Status), cancellationToken) is { } other)
            {
                return other;
            }

            // Its row has ended since it was looked at: what is seen here says nothing.
        }
    }

    /// <summary>Keeps in which tag Bodhi wants to find the builds, and when they were seen there.</summary>
    public async Task StoreTagAsync(int targetId, string candidateTag, bool isTagged, CancellationToken cancellationToken)
    {
        DateTimeOffset? seen = isTagged ? time.GetUtcNow() : null;
        await using var database = databases.Create();
        await database.Updates.Where(row => row.Id == targetId).ExecuteUpdateAsync(
            change => change.SetProperty(row => row.CandidateTag, candidateTag).SetProperty(row => row.TaggedAt, row => row.TaggedAt ?? seen),
            cancellationToken);
    }

    /// <summary>Keeps that Bodhi is about to be asked for the update: from here on it may be there without our knowing.</summary>
    /// <returns>False when the attempt was taken over by another worker.</returns>
    public async Task<bool> IntendAsync(int targetId, string owner, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        return await database.Updates.Where(row => row.Id == targetId && row.LeaseOwner == owner && row.LeaseUntil != null)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.IntendedAt, now).SetProperty(row => row.LeaseUntil, now + Lease), cancellationToken) == 1;
    }

    /// <summary>Takes the intent back: Bodhi has said that it did nothing.</summary>
    public async Task ForgetIntentAsync(int targetId, string owner, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        await database.Updates.Where(row => row.Id == targetId && row.LeaseOwner == owner && row.LeaseUntil != null)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.IntendedAt, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Ends an attempt: creating is done, or waits for the next attempt.</summary>
    /// <returns>The row as it is now, not tracked; null when the attempt was taken over by another worker, whose end counts.</returns>
    public async Task<BodhiUpdateTarget?> EndAsync(int targetId, string owner, UpdateOutcome outcome, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var target = await database.Updates.AsNoTracking().SingleAsync(row => row.Id == targetId, cancellationToken);
        Conclude(target, outcome);
        var stored = await database.Updates
            .Where(row => row.Id == targetId && row.LeaseOwner == owner && row.LeaseUntil != null && row.Attempts == target.Attempts)
            .ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Status, target.Status)
                    .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(row => row.FinishedTime, target.FinishedTime)
                    .SetProperty(row => row.NextAttemptAt, target.NextAttemptAt)
                    .SetProperty(row => row.Retries, target.Retries)
                    .SetProperty(row => row.Delays, target.Delays)
                    .SetProperty(row => row.AwaySince, target.AwaySince)
                    .SetProperty(row => row.FailureKind, target.FailureKind)
                    .SetProperty(row => row.FailureCode, target.FailureCode)
                    .SetProperty(row => row.Message, target.Message)
                    .SetProperty(row => row.Alias, target.Alias)
                    .SetProperty(row => row.WebUrl, target.WebUrl)
                    .SetProperty(row => row.UpdateCreationTime, target.UpdateCreationTime)
                    .SetProperty(row => row.UpdateState, target.UpdateState)
                    .SetProperty(row => row.UpdateRequest, target.UpdateRequest)
                    .SetProperty(row => row.Karma, target.Karma)
                    .SetProperty(row => row.Gating, target.Gating)
                    .SetProperty(row => row.TestingTime, target.TestingTime)
                    .SetProperty(row => row.StableTime, target.StableTime)
                    .SetProperty(row => row.NextCheckAt, target.NextCheckAt),
                cancellationToken);
        return stored == 1 ? target : null;
    }

    /// <summary>
    /// Makes updates due that wait for a build: it was tagged, or somebody made the update. A tag that comes after the last attempt is not too
    /// late for those that nothing else kept from being made.
    /// </summary>
    /// <param name="nvrs">The builds.</param>
    /// <param name="tag">Only those that wait for this tag, or do not know yet for which; null for all.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The rows that are due now, not tracked, with their group.</returns>
    public async Task<IReadOnlyList<BodhiUpdateTarget>> WakeAsync(IReadOnlyList<string> nvrs, string? tag, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var givenUp = database.Updates.Where(row => nvrs.Contains(row.KojiNvrs) && row.Status == BodhiUpdateStatus.Error
            && row.FailureCode == FailureCodes.BuildNotTagged && row.CandidateTag == tag && row.Attempts - row.Delays < MaxAttempts);
        if (tag is not null && await givenUp.AnyAsync(cancellationToken))
        {
            await givenUp.ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Status, BodhiUpdateStatus.Retry)
                    .SetProperty(row => row.FinishedTime, (DateTimeOffset?)null)
                    .SetProperty(row => row.Retries, 0),
                cancellationToken);
        }

        var waiting = database.Updates.Where(row => nvrs.Contains(row.KojiNvrs) && Open.Contains(row.Status)
            && (row.LeaseUntil == null || row.LeaseUntil < now)
            && (tag == null || row.CandidateTag == null || row.CandidateTag == tag));
        // Nearly all messages are about builds that nothing waits for: those cost no write.
        return await waiting.AnyAsync(cancellationToken)
            && await waiting.ExecuteUpdateAsync(change => change.SetProperty(row => row.NextAttemptAt, now), cancellationToken) > 0
                ? await waiting.AsNoTracking().Include(row => row.Group).ToListAsync(cancellationToken)
                : [];
    }

    private void Conclude(BodhiUpdateTarget target, UpdateOutcome outcome)
    {
        var now = time.GetUtcNow();
        var awaySince = target.AwaySince;
        target.AwaySince = null;
        switch (outcome)
        {
            case UpdateOutcome.Created created:
                Finish(target, BodhiUpdateStatus.Success, now, failure: null, BodhiUpdateTexts.Created(created.Update.Alias, created.Remarks));
                created.Update.CopyTo(target, now);
                break;
            case UpdateOutcome.Adopted adopted:
                Finish(target, BodhiUpdateStatus.Skipped, now, failure: null, BodhiUpdateTexts.Adopted(adopted.Update));
                adopted.Update.CopyTo(target, now);
                break;
            case UpdateOutcome.Skipped skipped:
                Finish(target, BodhiUpdateStatus.Skipped, now, failure: null, skipped.Reason);
                break;
            case UpdateOutcome.Failed { Failure: { Kind: FailureKind.Transient } failure } failed when OutagePatience.IsOutage(failure.Code):
                Await(target, failure, outages.After(failure, awaySince, RetrySchedule.Update, RetriesOf(target, failure), failed.Asked), now);
                break;
            case UpdateOutcome.Failed { Failure: { Kind: FailureKind.Transient } failure } failed
                when target.Attempts - target.Delays < MaxAttempts && RetrySchedule.Next(RetrySchedule.Update, RetriesOf(target, failure), failed.Asked) is { } pause:
                target.Status = BodhiUpdateStatus.Retry;
                target.Retries = RetriesOf(target, failure) + 1;
                target.NextAttemptAt = now + pause;
                Explain(target, failure, failure.Text);
                break;
            case UpdateOutcome.Failed failed:
                Finish(target, BodhiUpdateStatus.Error, now, failed.Failure, failed.Failure.Text);
                break;
        }
    }

    // An outage of one service does not use up the patience with another thing.
    private static int RetriesOf(BodhiUpdateTarget target, Failure failure) => target.FailureCode == failure.Code ? target.Retries : 0;

    private static void Await(BodhiUpdateTarget target, Failure failure, OutageWait wait, DateTimeOffset now)
    {
        if (!wait.PutOff(target))
        {
            Finish(target, BodhiUpdateStatus.Error, now, failure, wait.Text);
            return;
        }

        target.Status = BodhiUpdateStatus.Retry;
        Explain(target, failure, wait.Text);
    }

    private static void Finish(BodhiUpdateTarget target, BodhiUpdateStatus status, DateTimeOffset now, Failure? failure, string message)
    {
        (target.Status, target.FinishedTime, target.NextAttemptAt) = (status, now, null);
        Explain(target, failure, message);
    }

    private static void Explain(BodhiUpdateTarget target, Failure? failure, string message)
    {
        target.FailureKind = failure?.Kind;
        target.FailureCode = failure?.Code;
        target.Message = StoredText.Of(message);
    }
}
