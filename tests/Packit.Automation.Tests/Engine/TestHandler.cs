using System.Collections.Concurrent;
using Packit.Automation.Engine;

namespace Packit.Automation.Tests.Engine;

/// <summary>Does what the test says, and remembers what ran.</summary>
internal sealed class TestHandler(Func<int, CancellationToken, Task> run) : IJobHandler
{
    public const string TestKind = "test";

    private readonly ConcurrentQueue<int> _begun = new();
    private QueuedJob[] _orphans = [];

    public TestHandler()
        : this((_, _) => Task.CompletedTask)
    {
    }

    public string Kind => TestKind;

    public IReadOnlyCollection<int> Begun => _begun;

    public IReadOnlyList<QueuedJob> Orphans
    {
        set => _orphans = [.. value];
    }

    public static QueuedJob Job(int row, string? key = null, DateTimeOffset? notBefore = null) =>
        new(TestKind, row, $"test/{row}", key ?? $"key-{row}", notBefore);

    public Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        _begun.Enqueue(rowId);
        return run(rowId, cancellationToken);
    }

    public Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QueuedJob>>(Interlocked.Exchange(ref _orphans, []));
}
