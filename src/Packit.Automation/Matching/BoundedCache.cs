using Packit.Automation.Workspaces;

namespace Packit.Automation.Matching;

/// <summary>
/// Remembers answers for a while, the newest ones only, and lets all who ask for the same at the same time share one question. What failed
/// is not remembered.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity, TimeSpan life, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly Queue<TKey> _order = new();

    /// <summary>The remembered answer, or the one that <paramref name="ask"/> brings.</summary>
    /// <param name="key">What is asked.</param>
    /// <param name="ask">Asks; not ended by <paramref name="cancellationToken"/>, since others may wait for the same.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> ask, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_entries.TryGetValue(key, out var entry))
            {
                _order.Enqueue(key);
                while (_order.Count > capacity)
                {
                    _entries.Remove(_order.Dequeue());
                }
            }

            if (entry is null || entry.Until <= now)
            {
                _entries[key] = entry = new Entry(now + life);
            }

            return entry.Answer.GetAsync(ask).WaitAsync(cancellationToken);
        }
    }

    /// <summary>The next one who asks for it asks anew.</summary>
    public void Forget(TKey key)
    {
        lock (_gate)
        {
            if (_entries.ContainsKey(key))
            {
                _entries[key] = new Entry(DateTimeOffset.MinValue);
            }
        }
    }

    private sealed class Entry(DateTimeOffset until)
    {
        public DateTimeOffset Until => until;

        public AsyncOnce<TValue> Answer { get; } = new();
    }
}
