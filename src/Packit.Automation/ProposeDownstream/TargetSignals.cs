using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Tells open pages of this process that a target has changed. What changed is read from the database.</summary>
public sealed class TargetSignals
{
    private readonly ConcurrentDictionary<(int Target, Guid Watcher), Channel<bool>> _watchers = new();

    public void Changed(int targetId)
    {
        foreach (var ((target, _), channel) in _watchers)
        {
            if (target == targetId)
            {
                channel.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>Watches a target until the result is disposed.</summary>
    public Watch Begin(int targetId)
    {
        var key = (targetId, Guid.NewGuid());
        // One waiting signal is enough: whoever reads it looks at everything.
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _watchers[key] = channel;
        return new Watch(channel.Reader, () => _watchers.TryRemove(key, out _));
    }

    /// <summary>A running watch.</summary>
    public sealed class Watch(ChannelReader<bool> changes, Action end) : IDisposable
    {
        public ChannelReader<bool> Changes => changes;

        public void Dispose() => end();
    }
}
