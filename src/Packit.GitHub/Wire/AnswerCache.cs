namespace Packit.GitHub;

/// <summary>
/// Answers that carried an <c>ETag</c>, for conditional requests: a 304 costs nothing of the rate limit. Bounded in number and bytes;
/// the least recently used go first. An answer is only ever given out after GitHub said 304 to the asker's own token.
/// </summary>
internal sealed class AnswerCache(int maxEntries = 512, int maxBytes = 16 * 1024 * 1024)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _order = [];
    private long _bytes;

    public GitHubAnswer? Find(string key)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Answer;
        }
    }

    public void Store(string key, GitHubAnswer answer)
    {
        lock (_gate)
        {
            Remove(key);
            if (answer.ETag is null || answer.Body.Length > maxBytes / 8)
            {
                return;
            }

            _entries[key] = _order.AddFirst(new Entry(key, answer));
            _bytes += answer.Body.Length;
            while (_entries.Count > maxEntries || _bytes > maxBytes)
            {
                var last = _order.Last!;
                _entries.Remove(last.Value.Key);
                Drop(last);
            }
        }
    }

    public void Forget(string key)
    {
        lock (_gate)
        {
            Remove(key);
        }
    }

    private void Remove(string key)
    {
        if (_entries.Remove(key, out var old))
        {
            Drop(old);
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _order.Remove(node);
        _bytes -= node.Value.Answer.Body.Length;
    }

    private sealed record Entry(string Key, GitHubAnswer Answer);
}
