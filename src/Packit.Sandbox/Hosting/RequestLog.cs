using System.Collections.Concurrent;

namespace Packit.Sandbox.Hosting;

/// <summary>Every request that any stand-in got, in the order of their answers, so that a story can count calls and effects.</summary>
public sealed class RequestLog
{
    private readonly ConcurrentQueue<RequestRecord> _records = new();

    /// <summary>A snapshot of all records.</summary>
    public IReadOnlyList<RequestRecord> All => [.. _records];

    /// <summary>The records that match; a null matches all. Path and query are searched together.</summary>
    public IReadOnlyList<RequestRecord> Find(string? server = null, string? method = null, string? pathContains = null) =>
        [.. _records.Where(record =>
            (server is null || record.Server == server)
            && (method is null || record.Method == method)
            && (pathContains is null || (record.Path + record.Query).Contains(pathContains, StringComparison.Ordinal)))];

    /// <summary>How many records match, see <see cref="Find"/>.</summary>
    public int Count(string? server = null, string? method = null, string? pathContains = null) => Find(server, method, pathContains).Count;

    /// <summary>How often an XML-RPC method was called, also within a <c>multiCall</c>.</summary>
    public int CountCalls(string method) => _records.Sum(record => record.Calls.Count(call => call == method));

    /// <summary>Forgets everything so far, for a story that counts from here on.</summary>
    public void Clear() => _records.Clear();

    internal void Add(RequestRecord record) => _records.Enqueue(record);
}
