using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Automation.KojiBuild;

/// <summary>Moves builds that Koji has through their states. A state that is final is never overwritten.</summary>
public sealed class KojiWatchRows(IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>How long a build may take before it is given up.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromHours(48);

    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20)];

    /// <summary>The pause before Koji is asked again, should no message come: 1, 2, 5, 10, and then every 20 minutes.</summary>
    /// <param name="checksMade">How often Koji was asked already.</param>
    public static TimeSpan PauseAfter(int checksMade) => Pauses[Math.Clamp(checksMade, 0, Pauses.Length - 1)];

    /// <summary>The builds that are due to be asked for, the ones that wait longest first.</summary>
    public async Task<IReadOnlyList<KojiBuildTarget>> DueAsync(int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        return await database.Builds.AsNoTracking()
            .Where(row => KojiBuildStates.Watched.Contains(row.Status) && row.TaskId != null && (row.NextCheckAt == null || row.NextCheckAt <= now))
            .OrderBy(row => row.NextCheckAt).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The open builds of a task: usually one, or none because it is not ours.</summary>
    public async Task<IReadOnlyList<KojiBuildTarget>> OfTaskAsync(long taskId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.Builds.AsNoTracking()
            .Where(row => row.TaskId == taskId && KojiBuildStates.Watched.Contains(row.Status)).ToListAsync(cancellationToken);
    }

    /// <summary>Stores how far a build is.</summary>
    /// <returns>Whether the state changed by this call, so that it is to be told.</returns>
    public async Task<bool> MoveAsync(KojiBuildTarget target, KojiBuildProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(progress);
        var now = time.GetUtcNow();
        var isOpen = KojiBuildStates.Open.Contains(progress.Status);
        var (failure, failed) = (progress.Failure, progress.Failed);
        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        // A build that runs does not wait any more, whatever an older answer says.
        var moved = await database.Builds
            .Where(row => row.Id == target.Id && row.TaskId == target.TaskId && KojiBuildStates.Watched.Contains(row.Status)
                && !(row.Status == KojiBuildStatus.Running && progress.Status == KojiBuildStatus.Pending))
            .ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Status, progress.Status)
                    .SetProperty(row => row.BuildId, row => progress.BuildId ?? row.BuildId)
                    .SetProperty(row => row.BuildLogs, row => progress.Logs ?? row.BuildLogs)
                    .SetProperty(row => row.BuildStartTime, row => progress.StartedAt ?? row.BuildStartTime)
                    .SetProperty(row => row.BuildFinishedTime, progress.EndedAt)
                    .SetProperty(row => row.FinishedTime, isOpen ? null : now)
                    .SetProperty(row => row.NextCheckAt, isOpen ? now + PauseAfter(target.Checks + 1) : null)
                    .SetProperty(row => row.Checks, target.Checks + 1)
                    .SetProperty(row => row.FailureKind, failure == null ? null : failure.Kind)
                    .SetProperty(row => row.FailureCode, failure == null ? null : failure.Code)
                    .SetProperty(row => row.Message, failure == null ? null : StoredText.Of(failure.Text))
                    .SetProperty(row => row.FailedTaskId, failed == null ? null : failed.TaskId)
                    .SetProperty(row => row.FailedArch, failed == null ? null : failed.Arch)
                    .SetProperty(row => row.FailedLog, failed == null ? null : failed.Log)
                    .SetProperty(row => row.LogTail, failed == null || failed.Tail == null ? null : StoredText.Of(failed.Tail)),
                cancellationToken);
        if (moved == 0 && isOpen)
        {
            // Koji puts a build back into its queue when a builder dies: nothing to tell, and no reason to ask more often.
            await database.Builds.Where(row => row.Id == target.Id && KojiBuildStates.Watched.Contains(row.Status)).ExecuteUpdateAsync(
                change => change.SetProperty(row => row.NextCheckAt, now + PauseAfter(target.Checks + 1)).SetProperty(row => row.Checks, target.Checks + 1),
                cancellationToken);
        }

        if (moved == 1 && !isOpen)
        {
            await GiveBackAsync(database, target.Id, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return moved == 1 && progress.Status != target.Status;
    }

    /// <summary>Stores when builds are asked for again that could not be asked for now.</summary>
    public async Task PostponeAsync(IReadOnlyList<KojiBuildTarget> targets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var ids = targets.Select(target => target.Id).ToList();
        var next = time.GetUtcNow() + PauseAfter(0);
        await using var database = databases.Create();
        await database.Builds.Where(row => ids.Contains(row.Id) && KojiBuildStates.Watched.Contains(row.Status))
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.NextCheckAt, next), cancellationToken);
    }

    /// <summary>Gives the right to an NVR back.</summary>
    internal static Task GiveBackAsync(PackitDb database, int targetId, CancellationToken cancellationToken) => database.NvrClaims
        .Where(claim => claim.Kind == NvrClaimKind.KojiBuild && claim.TargetId == targetId).ExecuteDeleteAsync(cancellationToken);
}
