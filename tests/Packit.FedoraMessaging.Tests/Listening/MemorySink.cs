using System.Collections.Concurrent;

namespace Packit.FedoraMessaging.Tests.Listening;

/// <summary>Keeps each message once, as the inbox does; can be away.</summary>
internal sealed class MemorySink : IMessageSink
{
    private readonly ConcurrentDictionary<string, BusMessage> _kept = new();
    private int _refusals;
    private int _repetitions;

    public bool IsAway { get; set; }

    public int Refusals => Volatile.Read(ref _refusals);

    public int Repetitions => Volatile.Read(ref _repetitions);

    public IReadOnlyDictionary<string, BusMessage> Kept => _kept;

    public Task StoreAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            Interlocked.Increment(ref _refusals);
            throw new MessageStoreException("The database is away.");
        }

        foreach (var message in messages)
        {
            if (!_kept.TryAdd(message.Id, message))
            {
                Interlocked.Increment(ref _repetitions);
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>A position that a test sets and reads.</summary>
internal sealed class MemoryPosition : IMessagePosition
{
    public DateTimeOffset? At { get; set; }

    public Task<DateTimeOffset?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(At);

    public Task AdvanceAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        At = At > to ? At : to;
        return Task.CompletedTask;
    }
}
