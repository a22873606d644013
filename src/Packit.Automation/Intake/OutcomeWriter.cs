using System.Threading.Channels;

namespace Packit.Automation.Intake;

/// <summary>
/// Stores outcomes. While some are being written the next ones gather, and all of them go into the next statement: readings that end
/// at about the same time share the price of one durable commit.
/// </summary>
internal sealed class OutcomeWriter(InboxClaims claims, TimeProvider time)
{
    private const int Most = 256;

    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>();
    private int _writing;

    /// <summary>Stores what came of a delivery for good.</summary>
    /// <returns>False when the claim was lost meanwhile: the outcome belongs to somebody else.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away; nothing was stored.</exception>
    public Task<bool> StoreAsync(FinishedDelivery finished)
    {
        var waiting = new Waiting(finished, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        _queue.Writer.TryWrite(waiting);
        _ = WriteAsync();
        return waiting.Stored.Task;
    }

    // Whoever comes while nobody writes begins to, for all that wait. It never throws: each that waits is told.
    private async Task WriteAsync()
    {
        while (_queue.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref _writing, 1, 0) == 0)
        {
            try
            {
                var batch = new List<Waiting>();
                while (batch.Count < Most && _queue.Reader.TryRead(out var waiting))
                {
                    batch.Add(waiting);
                }

                await WriteAsync(batch);
            }
            finally
            {
                // With a full fence: the look at the queue that follows must not come before it, else both sides leave the last one waiting.
                Interlocked.Exchange(ref _writing, 0);
            }
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        try
        {
            var held = batch.Count == 0
                ? new HashSet<long>()
                : await claims.FinishAsync([.. batch.Select(waiting => waiting.Finished)], time.GetUtcNow(), CancellationToken.None);
            batch.ForEach(waiting => waiting.Stored.TrySetResult(held.Contains(waiting.Finished.Id)));
        }
        catch (Exception failed)
        {
            batch.ForEach(waiting => waiting.Stored.TrySetException(failed));
        }
    }

    private sealed record Waiting(FinishedDelivery Finished, TaskCompletionSource<bool> Stored);
}
