using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Packit.Sandbox.Bus;

/// <summary>
/// The bus within the process: what stand-ins publish reaches every subscriber in order, once the request that caused it has gone on.
/// It remembers all, so that what was missed can be read back.
/// </summary>
public sealed class MessageBus(TimeProvider time) : IAsyncDisposable
{
    private const string Prefix = "org.fedoraproject.prod.";

    private readonly Lock _gate = new();
    private readonly List<BusMessage> _history = [];
    private readonly List<Subscription> _subscriptions = [];

    /// <summary>Whether a message is lost on its way to subscribers; it stays in the history. Null loses none.</summary>
    public Func<BusMessage, bool>? Loses { get; set; }

    /// <summary>Everything published, oldest first.</summary>
    public IReadOnlyList<BusMessage> History
    {
        get
        {
            lock (_gate)
            {
                return [.. _history];
            }
        }
    }

    /// <summary>Whether every message has been taken by every subscriber.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (_gate)
            {
                return _subscriptions.TrueForAll(subscription => subscription.IsQuiet);
            }
        }
    }

    /// <summary>Publishes a message.</summary>
    /// <param name="topic">Without the prefix: <c>buildsys.tag</c>.</param>
    /// <param name="body">The body.</param>
    /// <param name="schema">The schema header.</param>
    public BusMessage Publish(string topic, JsonObject body, string schema = "base.message")
    {
        ArgumentNullException.ThrowIfNull(body);
        var now = time.GetUtcNow();
        var message = new BusMessage(
            Guid.NewGuid().ToString(), Prefix + topic, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), schema, Severity: 20, body.ToJsonString());
        Publish(message);
        return message;
    }

    /// <summary>Publishes a message as it is: one of another sender, one that lies, or one that was there before.</summary>
    public void Publish(BusMessage message)
    {
        lock (_gate)
        {
            _history.Add(message);
            if (Loses?.Invoke(message) != true)
            {
                _subscriptions.ForEach(subscription => subscription.Add(message));
            }
        }
    }

    /// <summary>Hands every further message to a subscriber, one after the other, until the result is disposed of.</summary>
    public IAsyncDisposable Subscribe(Func<BusMessage, CancellationToken, Task> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        var subscription = new Subscription(this, take);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        Subscription[] all;
        lock (_gate)
        {
            all = [.. _subscriptions];
        }

        foreach (var subscription in all)
        {
            await subscription.DisposeAsync();
        }
    }

    private sealed class Subscription : IAsyncDisposable
    {
        private readonly MessageBus _bus;
        private readonly Channel<BusMessage> _queue = Channel.CreateUnbounded<BusMessage>(new UnboundedChannelOptions { SingleReader = true });
        private readonly CancellationTokenSource _end = new();
        private readonly Task _pump;
        private int _open;

        public Subscription(MessageBus bus, Func<BusMessage, CancellationToken, Task> take)
        {
            _bus = bus;
            _pump = Task.Run(() => PumpAsync(take));
        }

        public bool IsQuiet => Volatile.Read(ref _open) == 0;

        public void Add(BusMessage message)
        {
            Interlocked.Increment(ref _open);
            _queue.Writer.TryWrite(message);
        }

        public async ValueTask DisposeAsync()
        {
            lock (_bus._gate)
            {
                _bus._subscriptions.Remove(this);
            }

            await _end.CancelAsync();
            await _pump;
            _end.Dispose();
        }

        private async Task PumpAsync(Func<BusMessage, CancellationToken, Task> take)
        {
            try
            {
                await foreach (var message in _queue.Reader.ReadAllAsync(_end.Token))
                {
                    await take(message, _end.Token);
                    Interlocked.Decrement(ref _open);
                }
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                // The subscriber goes; what it did not take stays in the history.
            }
        }
    }
}
