namespace Packit.Automation.Workspaces;

/// <summary>
/// Keeps the workspaces of releases that are being worked on. A workspace goes when nobody has used it for a while, and is
/// replaced when it is old, since the branches it fetched may have moved on.
/// </summary>
public sealed class WorkspacePool(WorkspaceFactory factory, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long an unused workspace is kept for the next branch of its release.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(20);

    /// <summary>How long a workspace is given to new users.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<WorkspaceKey, Entry> _entries = [];

    /// <summary>Joins the workspace of a release, or begins one.</summary>
    public WorkspaceLease Acquire(WorkspaceKey key)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_entries.TryGetValue(key, out var entry) || now - entry.Begun > MaxAge)
            {
                entry = new Entry(factory.Create(key), now);
                _entries[key] = entry;
            }

            entry.Users++;
            return new WorkspaceLease(entry.Workspace, () => ReleaseAsync(key, entry));
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Entry> rest;
        lock (_gate)
        {
            rest = [.. _entries.Values.Where(entry => !entry.IsRetired)];
            rest.ForEach(entry => entry.IsRetired = true);
            _entries.Clear();
        }

        foreach (var entry in rest)
        {
            await entry.Workspace.DisposeAsync();
        }
    }

    private ValueTask ReleaseAsync(WorkspaceKey key, Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
            if (entry.Users > 0)
            {
                return ValueTask.CompletedTask;
            }

            entry.IdleSince = time.GetUtcNow();
        }

        _ = RetireLaterAsync(key, entry);
        return ValueTask.CompletedTask;
    }

    private async Task RetireLaterAsync(WorkspaceKey key, Entry entry)
    {
        await Task.Delay(IdleTime, time, CancellationToken.None);
        lock (_gate)
        {
            // Whoever used it meanwhile began a while of his own.
            if (entry.Users > 0 || entry.IsRetired || time.GetUtcNow() - entry.IdleSince < IdleTime)
            {
                return;
            }

            entry.IsRetired = true;
            if (_entries.GetValueOrDefault(key) == entry)
            {
                _entries.Remove(key);
            }
        }

        await entry.Workspace.DisposeAsync();
    }

    private sealed class Entry(ReleaseWorkspace workspace, DateTimeOffset begun)
    {
        public ReleaseWorkspace Workspace { get; } = workspace;

        public DateTimeOffset Begun { get; } = begun;

        public int Users { get; set; }

        public DateTimeOffset IdleSince { get; set; }

        public bool IsRetired { get; set; }
    }
}

/// <summary>The right to use a workspace until it is disposed.</summary>
public sealed class WorkspaceLease(ReleaseWorkspace workspace, Func<ValueTask> release) : IAsyncDisposable
{
    public ReleaseWorkspace Workspace { get; } = workspace;

    public ValueTask DisposeAsync() => release();
}
