using Microsoft.EntityFrameworkCore;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Moves targets through their states. Every move is one conditional statement, so that two workers cannot both make it.</summary>
public sealed class TargetRows(IPackitDbFactory databases, TargetSignals signals, OutagePatience outages, TimeProvider time)
{
    /// <summary>How long a worker is believed alive without a sign.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How often a target is begun, outages apart: more than both schedules together, and some workers that died.</summary>
    public const int MaxAttempts = 20;

    /// <summary>Takes a target for an attempt. One that is finished, not due, or in the hands of a living worker is not given.</summary>
    public async Task<bool> TryBeginAsync(int targetId, string owner, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var taken = await database.Targets
            .Where(row => row.Id == targetId && SyncReleaseTargetStates.Open.Contains(row.Status)
                && (row.NextAttemptAt == null || row.NextAttemptAt <= now)
                && (row.Status != SyncReleaseTargetStatus.Running || row.LeaseUntil < now || row.LeaseOwner == owner))
            .ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Status, SyncReleaseTargetStatus.Running)
                    .SetProperty(row => row.Attempts, row => row.Attempts + 1)
                    .SetProperty(row => row.StartTime, row => row.StartTime ?? now)
                    .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.LeaseOwner, owner)
                    .SetProperty(row => row.LeaseUntil, now + Lease),
                cancellationToken);
        signals.Changed(targetId);
        return taken == 1;
    }

    /// <summary>Says that the worker lives.</summary>
    public async Task RenewAsync(int targetId, string owner, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Lease;
        await using var database = databases.Create();
        await database.Targets.Where(row => row.Id == targetId && row.LeaseOwner == owner && row.Status == SyncReleaseTargetStatus.Running)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.LeaseUntil, until), cancellationToken);
    }

    /// <summary>Stores the plan that people see.</summary>
    public async Task StorePlanAsync(int targetId, string version, string plan, CancellationToken cancellationToken)
    {
        var (storedVersion, storedPlan) = (StoredText.Of(version), StoredText.Of(plan));
        await using var database = databases.Create();
        await database.Targets.Where(row => row.Id == targetId).ExecuteUpdateAsync(
            change => change.SetProperty(row => row.Version, storedVersion).SetProperty(row => row.Plan, storedPlan), cancellationToken);
        signals.Changed(targetId);
    }

    /// <summary>Ties pull requests to the target.</summary>
    public async Task LinkAsync(int targetId, IReadOnlyList<int> pullRequestIds, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var target = await database.Targets.Include(row => row.PullRequests).SingleAsync(row => row.Id == targetId, cancellationToken);
        foreach (var id in pullRequestIds.Where(id => target.PullRequests.All(pull => pull.Id != id)))
        {
            target.PullRequests.Add(await database.PullRequests.SingleAsync(row => row.Id == id, cancellationToken));
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Ends an attempt: the target is finished, or waits for its next attempt.</summary>
    /// <returns>The row as it is now, not tracked; null when the attempt was taken over by another worker, whose end counts.</returns>
    public async Task<SyncReleaseTarget?> EndAsync(int targetId, string owner, TargetOutcome outcome, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var target = await database.Targets.AsNoTracking().SingleAsync(row => row.Id == targetId, cancellationToken);
        Conclude(target, outcome);
        var stored = await database.Targets
            .Where(row => row.Id == targetId && row.Status == SyncReleaseTargetStatus.Running && row.LeaseOwner == owner && row.Attempts == target.Attempts)
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
                    .SetProperty(row => row.Version, target.Version)
                    .SetProperty(row => row.CommitSha, target.CommitSha)
                    .SetProperty(row => row.Diff, target.Diff),
                cancellationToken);
        signals.Changed(targetId);
        return stored == 1 ? target : null;
    }

    private void Conclude(SyncReleaseTarget target, TargetOutcome outcome)
    {
        var now = time.GetUtcNow();
        var awaySince = target.AwaySince;
        (target.LeaseUntil, target.AwaySince) = (null, null);
        switch (outcome)
        {
            case TargetOutcome.Submitted submitted:
                Finish(target, SyncReleaseTargetStatus.Submitted, now, failure: null, ProposeDownstreamTexts.Finished);
                Show(target, submitted);
                break;
            case TargetOutcome.Skipped skipped:
                Finish(target, SyncReleaseTargetStatus.Skipped, now, failure: null, skipped.Reason);
                target.FailureCode = skipped.Code;
                break;
            case TargetOutcome.Awaits awaits:
                // No attempt is due before the waiting ends; whoever hears of an agreement makes it due.
                (target.Status, target.Retries, target.NextAttemptAt) = (SyncReleaseTargetStatus.Retry, 0, awaits.Until);
                target.Delays++;
                Explain(target, failure: null, awaits.Text);
                target.FailureCode = FailureCodes.AgreementAwaited;
                if (awaits.Asked is { } asked)
                {
                    Show(target, asked);
                }

                break;
            case TargetOutcome.Failed { Failure: { Kind: FailureKind.Transient } failure } failed when OutagePatience.IsOutage(failure.Code):
                Await(target, failure, outages.After(failure, awaySince, ScheduleOf(failure.Code), RetriesOf(target, failure), failed.Asked), now);
                break;
            case TargetOutcome.Failed { Failure: { Kind: FailureKind.Transient } failure } failed
                when target.Attempts - target.Delays < MaxAttempts && RetrySchedule.Next(ScheduleOf(failure.Code), RetriesOf(target, failure), failed.Asked) is { } pause:
                target.Status = SyncReleaseTargetStatus.Retry;
                target.Retries = RetriesOf(target, failure) + 1;
                target.NextAttemptAt = now + pause;
                Explain(target, failure, failure.Text);
                break;
            case TargetOutcome.Failed failed:
                Finish(target, SyncReleaseTargetStatus.Error, now, failed.Failure, failed.Failure.Text);
                break;
        }
    }

    private static void Await(SyncReleaseTarget target, Failure failure, OutageWait wait, DateTimeOffset now)
    {
        if (!wait.PutOff(target))
        {
            Finish(target, SyncReleaseTargetStatus.Error, now, failure, wait.Text);
            return;
        }

        target.Status = SyncReleaseTargetStatus.Retry;
        Explain(target, failure, wait.Text);
    }

    /// <summary>The pauses that a transient failure is given.</summary>
    public static IReadOnlyList<TimeSpan> ScheduleOf(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return ScheduleOf(failure.Code);
    }

    internal static IReadOnlyList<TimeSpan> ScheduleOf(string? failureCode) =>
        failureCode switch
        {
            FailureCodes.ArchiveNotThere => RetrySchedule.Archive,
            FailureCodes.AppSuspended => RetrySchedule.Suspended,
            _ => RetrySchedule.Remote,
        };

    // An outage of one service does not use up the patience with another thing.
    private static int RetriesOf(SyncReleaseTarget target, Failure failure) =>
        ReferenceEquals(ScheduleOf(target.FailureCode), ScheduleOf(failure.Code)) ? target.Retries : 0;

    private static void Show(SyncReleaseTarget target, TargetOutcome.Submitted proposal) =>
        (target.Version, target.CommitSha, target.Diff) = (StoredText.Of(proposal.Version), proposal.CommitSha, StoredText.Of(proposal.Diff));

    private static void Finish(SyncReleaseTarget target, SyncReleaseTargetStatus status, DateTimeOffset now, Failure? failure, string message)
    {
        target.Status = status;
        target.FinishedTime = now;
        target.NextAttemptAt = null;
        Explain(target, failure, message);
    }

    private static void Explain(SyncReleaseTarget target, Failure? failure, string message)
    {
        target.FailureKind = failure?.Kind;
        target.FailureCode = failure?.Code;
        target.Message = StoredText.Of(message);
    }
}
