using Microsoft.EntityFrameworkCore;
using Packit.Automation.Failures;
using Packit.Automation.Storage;

namespace Packit.Automation.KojiBuild;

/// <summary>
/// Takes builds through being submitted. Every move is one conditional statement, so that two workers cannot both make it; what follows after
/// Koji has the build is in <see cref="KojiWatchRows"/>.
/// </summary>
public sealed class KojiBuildRows(IPackitDbFactory databases, OutagePatience outages, TimeProvider time)
{
    /// <summary>How long a worker is believed alive without a sign.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How often submitting is begun, outages apart: more than the schedule, and some workers that died.</summary>
    public const int MaxAttempts = 20;

    /// <summary>Takes a build for an attempt. One that Koji has, is finished, not due, or in the hands of a living worker is not given.</summary>
    public async Task<bool> TryBeginAsync(int targetId, string owner, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        return await database.Builds
            .Where(row => row.Id == targetId && row.TaskId == null && KojiBuildStates.Submitting.Contains(row.Status)
                && (row.NextAttemptAt == null || row.NextAttemptAt <= now)
                && (row.LeaseUntil == null || row.LeaseUntil < now || row.LeaseOwner == owner))
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
        await database.Builds.Where(row => row.Id == targetId && row.LeaseOwner == owner && row.LeaseUntil != null)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.LeaseUntil, until), cancellationToken);
    }

    /// <summary>Takes the right to build an NVR, or learns who has it. The right of a row that has ended without giving it back is taken over.</summary>
    /// <returns>Null when the right is ours, else the build that has it.</returns>
    public async Task<KojiBuildTarget?> ClaimAsync(int targetId, string nvr, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var open = KojiBuildStates.Open;
        while (true)
        {
            await database.InsertIfAbsentAsync(
                new NvrClaim { Kind = NvrClaimKind.KojiBuild, Nvr = nvr, TargetId = targetId, ClaimedAt = time.GetUtcNow() }, cancellationToken);
            await database.NvrClaims
                .Where(claim => claim.Kind == NvrClaimKind.KojiBuild && claim.Nvr == nvr
                    && !database.Builds.Any(row => row.Id == claim.TargetId && open.Contains(row.Status)))
                .ExecuteUpdateAsync(change => change.SetProperty(claim => claim.TargetId, targetId), cancellationToken);
            var holder = await database.NvrClaims
                .Where(claim => claim.Kind == NvrClaimKind.KojiBuild && claim.Nvr == nvr).Select(claim => (int?)claim.TargetId)
                .SingleOrDefaultAsync(cancellationToken);
            if (holder == targetId)
            {
                return null;
            }

            if (await database.Builds.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == holder && open.Contains(row.Status), cancellationToken) is { } other)
            {
                return other;
            }

            // It was given back, or its row has ended, since it was looked at: what is seen here says nothing.
        }
    }

    /// <summary>Stores that Koji is about to be asked, before it is. From here on the build may exist.</summary>
    /// <returns>False when another worker has taken the attempt over: Koji must not be asked.</returns>
    public async Task<bool> IntendAsync(int targetId, string owner, string? nvr, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        return await database.Builds
            .Where(row => row.Id == targetId && row.LeaseOwner == owner && row.LeaseUntil >= now && row.TaskId == null)
            .ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Status, KojiBuildStatus.Pending)
                    .SetProperty(row => row.Nvr, nvr)
                    .SetProperty(row => row.IntendedAt, now),
                cancellationToken) == 1;
    }

    /// <summary>Takes the intent back: Koji has said that it did nothing.</summary>
    public async Task ForgetIntentAsync(int targetId, string owner, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        await database.Builds.Where(row => row.Id == targetId && row.LeaseOwner == owner && row.TaskId == null)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.IntendedAt, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Whether a task belongs to another build of ours.</summary>
    public async Task<bool> IsOfAnotherAsync(int targetId, long taskId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.Builds.AnyAsync(
            row => row.Id != targetId && row.TaskId == taskId && row.Status != KojiBuildStatus.Skipped, cancellationToken);
    }

    /// <summary>Ends an attempt: Koji has the build, or it is finished, or it waits for its next attempt.</summary>
    /// <returns>The row as it is now, not tracked; null when the attempt was taken over by another worker, whose end counts.</returns>
    public async Task<KojiBuildTarget?> EndAsync(int targetId, string owner, KojiBuildOutcome outcome, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var target = await database.Builds.AsNoTracking().SingleAsync(row => row.Id == targetId, cancellationToken);
        var begun = target.Attempts;
        Conclude(target, outcome);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var stored = await database.Builds
            .Where(row => row.Id == targetId && row.LeaseOwner == owner && row.Attempts == begun && row.TaskId == null
                && KojiBuildStates.Submitting.Contains(row.Status))
            .ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Status, target.Status)
                    .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(row => row.Nvr, target.Nvr)
                    .SetProperty(row => row.TaskId, target.TaskId)
                    .SetProperty(row => row.BuildId, target.BuildId)
                    .SetProperty(row => row.WebUrl, target.WebUrl)
                    .SetProperty(row => row.FinishedTime, target.FinishedTime)
                    .SetProperty(row => row.NextAttemptAt, target.NextAttemptAt)
                    .SetProperty(row => row.NextCheckAt, target.NextCheckAt)
                    .SetProperty(row => row.Retries, target.Retries)
                    .SetProperty(row => row.Delays, target.Delays)
                    .SetProperty(row => row.AwaySince, target.AwaySince)
                    .SetProperty(row => row.FailureKind, target.FailureKind)
                    .SetProperty(row => row.FailureCode, target.FailureCode)
                    .SetProperty(row => row.Message, target.Message),
                cancellationToken);
        if (stored == 1 && !KojiBuildStates.Open.Contains(target.Status))
        {
            await KojiWatchRows.GiveBackAsync(database, targetId, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return stored == 1 ? target : null;
    }

    private void Conclude(KojiBuildTarget target, KojiBuildOutcome outcome)
    {
        var now = time.GetUtcNow();
        var awaySince = target.AwaySince;
        target.AwaySince = null;
        switch (outcome)
        {
            case KojiBuildOutcome.Submitted submitted:
                target.Status = KojiBuildStatus.Pending;
                target.Nvr = submitted.Nvr ?? target.Nvr;
                target.NextCheckAt = now + KojiWatchRows.PauseAfter(0);
                Place(target, submitted.Task);
                Explain(target, failure: null, message: null);
                break;
            case KojiBuildOutcome.Skipped skipped:
                (target.Status, target.FinishedTime, target.Nvr) = (KojiBuildStatus.Skipped, now, skipped.Nvr ?? target.Nvr);
                Place(target, skipped.Other);
                Explain(target, failure: null, skipped.Reason);
                break;
            case KojiBuildOutcome.Failed { Failure: { Kind: FailureKind.Transient } failure } failed when OutagePatience.IsOutage(failure.Code):
                target.Nvr = failed.Nvr ?? target.Nvr;
                Await(target, failure, outages.After(failure, awaySince, RetrySchedule.Remote, RetriesOf(target, failure), failed.Asked), now);
                break;
            case KojiBuildOutcome.Failed { Failure: { Kind: FailureKind.Transient } failure } failed
                when target.Attempts - target.Delays < MaxAttempts && RetrySchedule.Next(RetrySchedule.Remote, RetriesOf(target, failure), failed.Asked) is { } pause:
                target.Status = KojiBuildStatus.Retry;
                target.Retries = RetriesOf(target, failure) + 1;
                (target.NextAttemptAt, target.Nvr) = (now + pause, failed.Nvr ?? target.Nvr);
                Explain(target, failure, failure.Text);
                break;
            case KojiBuildOutcome.Failed failed:
                (target.Status, target.FinishedTime, target.Nvr) = (KojiBuildStatus.Error, now, failed.Nvr ?? target.Nvr);
                Explain(target, failed.Failure, failed.Failure.Text);
                break;
        }
    }

    private static void Await(KojiBuildTarget target, Failure failure, OutageWait wait, DateTimeOffset now)
    {
        Explain(target, failure, wait.Text);
        (target.Status, target.FinishedTime) = wait.PutOff(target) ? (KojiBuildStatus.Retry, target.FinishedTime) : (KojiBuildStatus.Error, now);
    }

    private static void Place(KojiBuildTarget target, BuildPlace? place) =>
        (target.TaskId, target.BuildId, target.WebUrl) = (place?.TaskId, place?.BuildId, place?.WebUrl);

    // An outage of one service does not use up the patience with another thing.
    private static int RetriesOf(KojiBuildTarget target, Failure failure) => target.FailureCode == failure.Code ? target.Retries : 0;

    private static void Explain(KojiBuildTarget target, Failure? failure, string? message)
    {
        target.FailureKind = failure?.Kind;
        target.FailureCode = failure?.Code;
        target.Message = message is null ? null : StoredText.Of(message);
    }
}
