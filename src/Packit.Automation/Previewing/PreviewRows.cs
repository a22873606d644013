using Microsoft.EntityFrameworkCore;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Previewing;

/// <summary>Moves previews through their states. Every move is one conditional statement, so that two workers cannot both make it.</summary>
public sealed class PreviewRows(IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>How long a worker is believed alive without a sign.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How often one is begun, but for outages: more often, and it is what takes its worker with it.</summary>
    public const int MaxAttempts = 3;

    /// <summary>How long after the question an outage is waited out: longer than the hour of GitHub's limits, and no longer than somebody waits for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    /// <summary>Takes a preview. One that is done, or in the hands of a living worker, is not given.</summary>
    /// <returns>The row with its project, not tracked.</returns>
    public async Task<ReleasePreview?> TryBeginAsync(int id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var taken = await database.Previews
            .Where(row => row.Id == id && ((row.State == PreviewState.Queued && (row.NextAttemptAt == null || row.NextAttemptAt <= now))
                || (row.State == PreviewState.Running && (row.LeaseUntil == null || row.LeaseUntil < now))))
            .ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.State, PreviewState.Running)
                    .SetProperty(row => row.Attempts, row => row.Attempts + 1)
                    .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.Message, (string?)null)
                    .SetProperty(row => row.LeaseUntil, now + Lease),
                cancellationToken);
        return taken == 0 ? null : await database.Previews.AsNoTracking().Include(row => row.Project).SingleAsync(row => row.Id == id, cancellationToken);
    }

    /// <summary>Says that the worker of an attempt lives.</summary>
    public async Task RenewAsync(int id, int attempt, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Lease;
        await using var database = databases.Create();
        await database.Previews.Where(row => row.Id == id && row.Attempts == attempt && row.State == PreviewState.Running)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.LeaseUntil, until), cancellationToken);
    }

    /// <summary>Puts an attempt off that an outage ended, while there is patience.</summary>
    /// <param name="preview">The preview as it was begun.</param>
    /// <param name="problem">What happened.</param>
    /// <param name="asked">The pause that the remote asked for; null when it did not.</param>
    /// <param name="cancellationToken">Ends the storing.</param>
    /// <returns>The preview as it waits, with when it is due; null when it has waited long enough.</returns>
    public async Task<ReleasePreview?> PutOffAsync(ReleasePreview preview, string problem, TimeSpan? asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(preview);
        var (now, until) = (time.GetUtcNow(), preview.AskedAt + Patience);
        if (now >= until)
        {
            return null;
        }

        var next = now + RetrySchedule.Next(RetrySchedule.Remote, Math.Min(preview.Delays, RetrySchedule.Remote.Count - 1), asked)!.Value;
        var message = StoredText.Of(PreviewTexts.Waits(problem, next, until));
        await using var database = databases.Create();
        await database.Previews.Where(row => row.Id == preview.Id && row.Attempts == preview.Attempts && row.State == PreviewState.Running)
            .ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.State, PreviewState.Queued)
                    .SetProperty(row => row.Delays, row => row.Delays + 1)
                    .SetProperty(row => row.NextAttemptAt, next)
                    .SetProperty(row => row.Message, message)
                    .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
                cancellationToken);
        preview.NextAttemptAt = next;
        return preview;
    }

    /// <summary>Ends an attempt with a result.</summary>
    public Task DoneAsync(int id, int attempt, PreviewResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        return EndAsync(id, attempt, PreviewState.Done, result.Commit, PreviewJson.Write(result), message: null, cancellationToken);
    }

    /// <summary>Ends an attempt without one; it is not tried again.</summary>
    public Task FailedAsync(int id, int attempt, string message, CancellationToken cancellationToken) =>
        EndAsync(id, attempt, PreviewState.Error, commit: null, result: null, StoredText.Of(message), cancellationToken);

    // An attempt that was taken over by another worker ends nothing: the other's end counts.
    private async Task EndAsync(
        int id, int attempt, PreviewState state, string? commit, string? result, string? message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        await database.Previews.Where(row => row.Id == id && row.Attempts == attempt && row.State == PreviewState.Running).ExecuteUpdateAsync(
            change => change
                .SetProperty(row => row.State, state)
                .SetProperty(row => row.CommitSha, commit)
                .SetProperty(row => row.Result, result)
                .SetProperty(row => row.Message, message)
                .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.DoneAt, now),
            cancellationToken);
    }
}
