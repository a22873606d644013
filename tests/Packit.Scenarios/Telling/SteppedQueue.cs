using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Engine;

namespace Packit.Scenarios.Telling;

/// <summary>The queue of a story that is stepped by hand: jobs wait until the story runs those that are due.</summary>
public sealed class SteppedQueue(IServiceProvider services, TimeProvider time) : IJobQueue
{
    private readonly ConcurrentDictionary<string, QueuedJob> _jobs = new(StringComparer.Ordinal);

    public IReadOnlyCollection<QueuedJob> Waiting => [.. _jobs.Values];

    public Task EnqueueAsync(QueuedJob job, CancellationToken cancellationToken)
    {
        _jobs.TryAdd(job.Name, job);
        return Task.CompletedTask;
    }

    /// <summary>Runs everything that is due, and what comes due of it, one after another.</summary>
    public async Task RunDueAsync()
    {
        while (_jobs.Values.Where(job => (job.NotBefore ?? DateTimeOffset.MinValue) <= time.GetUtcNow()).MinBy(job => job.Name, StringComparer.Ordinal) is { } due)
        {
            _jobs.TryRemove(due.Name, out _);
            var handler = services.GetServices<IJobHandler>().Single(handler => handler.Kind == due.Kind);
            await handler.RunAsync(due.RowId, CancellationToken.None);
        }
    }
}
