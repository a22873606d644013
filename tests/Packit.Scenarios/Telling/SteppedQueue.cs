using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Engine;

namespace Packit.Scenarios.Telling;

/// <summary>The queue of a story that is stepped by hand: jobs wait until the story runs those that are due.</summary>
public sealed class SteppedQueue(IServiceProvider services, TimeProvider time) : IJobQueue
{
    /// <summary>The first pause of the real engine after a job that threw.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, QueuedJob> _jobs = new(StringComparer.Ordinal);

    public IReadOnlyCollection<QueuedJob> Waiting => [.. _jobs.Values];

    /// <summary>Whether a job could run now.</summary>
    public bool HasDue => _jobs.Values.Any(IsDue);

    public Task EnqueueAsync(QueuedJob job, CancellationToken cancellationToken)
    {
        _jobs.TryAdd(job.Name, job);
        return Task.CompletedTask;
    }

    /// <summary>Runs everything that is due, and what comes due of it, one after another.</summary>
    public async Task RunDueAsync()
    {
        while (_jobs.Values.Where(IsDue).MinBy(job => job.Name, StringComparer.Ordinal) is { } due)
        {
            await RunAsync(due);
        }
    }

    /// <summary>Runs what is due now, side by side, as far as the jobs do not exclude each other.</summary>
    public Task RunDueTogetherAsync() => Task.WhenAll(
        _jobs.Values.Where(IsDue).GroupBy(job => job.ExclusiveKey).Select(group => RunAsync(group.First())).ToList());

    /// <summary>Looks for rows without a job, as the service does each minute.</summary>
    public async Task SweepAsync()
    {
        foreach (var handler in services.GetServices<IJobHandler>())
        {
            foreach (var orphan in await handler.FindOrphansAsync(CancellationToken.None))
            {
                await EnqueueAsync(orphan, CancellationToken.None);
            }
        }
    }

    private bool IsDue(QueuedJob job) => (job.NotBefore ?? DateTimeOffset.MinValue) <= time.GetUtcNow();

    private async Task RunAsync(QueuedJob job)
    {
        _jobs.TryRemove(job.Name, out _);
        var handler = services.GetServices<IJobHandler>().Single(handler => handler.Kind == job.Kind);
        try
        {
            await handler.RunAsync(job.RowId, CancellationToken.None);
        }
        catch (Exception)
        {
            // What a handler throws is tried again a little later, as the real engine does it.
            _jobs.TryAdd(job.Name, job with { NotBefore = time.GetUtcNow() + Pause });
        }
    }
}
