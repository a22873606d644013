using System.Text.Json.Nodes;

namespace Packit.Sandbox.Bus;

/// <summary>
/// The bus within the process: what stand-ins publish reaches every subscriber in order, once the request that caused it has gone on.
/// It remembers all, so that what was missed can be read back, and it can lose, repeat, hold back and lie.
/// </summary>
public sealed class MessageBus : IAsyncDisposable
{
    /// <summary>What every topic of Fedora's production begins with.</summary>
    public const string Prefix = "org.fedoraproject.prod.";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private readonly TimeProvider _time;
    private MessageLog? _log;
    private readonly Lock _gate = new();
    private readonly List<BusMessage> _history = [];
    private readonly List<Subscription> _subscriptions = [];
    private TaskCompletionSource? _return;

    /// <param name="time">The clock of <c>sent-at</c>.</param>
    /// <param name="file">Where the history is kept over restarts; null keeps it in memory only.</param>
    public MessageBus(TimeProvider time, string? file = null)
    {
        _time = time;
        _log = file is null ? null : new MessageLog(file);
        _history.AddRange(_log?.Found ?? []);
    }

    /// <summary>Whether a message is lost on its way to subscribers; it stays in the history. Null loses none.</summary>
    public Func<BusMessage, bool>? Loses { get; set; }

    /// <summary>How many times more than once a message is delivered, with the same id. Null: none.</summary>
    public Func<BusMessage, int>? Repeats { get; set; }

    /// <summary>What the last subscriber said that could not take a message and got it again; null when all went well.</summary>
    public Exception? LastTrouble { get; internal set; }

    /// <summary>Whether the broker cannot be reached: what is published waits in the queues until it is back.</summary>
    public bool IsAway
    {
        get
        {
            lock (_gate)
            {
                return _return is not null;
            }
        }

        set
        {
            lock (_gate)
            {
                if (value)
                {
                    _return ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
                else
                {
                    _return?.SetResult();
                    _return = null;
                }
            }
        }
    }

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

    /// <summary>Returns when <see cref="IsQuiet"/>.</summary>
    public async Task QuietAsync(CancellationToken cancellationToken = default)
    {
        while (!IsQuiet)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Publishes a message.</summary>
    /// <param name="topic">Without the prefix: <c>buildsys.tag</c>.</param>
    /// <param name="body">The body.</param>
    /// <param name="schema">The schema header.</param>
    /// <param name="severity">The severity header.</param>
    /// <param name="users">Whom it concerns.</param>
    /// <param name="packages">Which source packages it concerns.</param>
    /// <param name="priority">The priority.</param>
    public BusMessage Publish(
        string topic, JsonObject body, string schema = "base.message", int severity = 20,
        IReadOnlyList<string>? users = null, IReadOnlyList<string>? packages = null, int priority = 0)
    {
        var message = Make(topic, body, schema) with { Severity = severity, Users = users ?? [], Packages = packages ?? [], Priority = priority };
        Publish(message);
        return message;
    }

    /// <summary>Publishes a message as it is: one of another sender, or one that was there before.</summary>
    public void Publish(BusMessage message)
    {
        lock (_gate)
        {
            _history.Add(message);
            _log?.Add(message);
            if (Loses?.Invoke(message) == true)
            {
                Deliver(message, faithful: true);
                return;
            }

            Deliver(message, faithful: null);
            for (var more = Repeats?.Invoke(message) ?? 0; more > 0; more--)
            {
                Deliver(message, faithful: false);
            }
        }
    }

    /// <summary>Hands a message of the history to the subscribers once more, under its id, as a broker does after a lost acknowledgement.</summary>
    public void Redeliver(BusMessage message)
    {
        lock (_gate)
        {
            Deliver(message, faithful: false);
        }
    }

    /// <summary>
    /// Somebody publishes a message that no service of Fedora sent: subscribers get it, and the history does not have it.
    /// The account that everybody shares on the public virtual host may write to the exchange.
    /// </summary>
    /// <param name="topic">Without the prefix.</param>
    /// <param name="body">The body: what it says need not be true.</param>
    /// <param name="schema">The schema header.</param>
    public BusMessage Lie(string topic, JsonObject body, string schema = "base.message")
    {
        var message = Make(topic, body, schema);
        Redeliver(message);
        return message;
    }

    /// <summary>Hands every further message to a subscriber, one after the other, until the result is disposed of.</summary>
    /// <param name="take">Takes one message. When it throws, the same message is handed to it again: a nack with requeue.</param>
    public IAsyncDisposable Subscribe(Func<BusMessage, CancellationToken, Task> take) => Subscribe(take, faithful: false);

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

        lock (_gate)
        {
            _log?.Dispose();
            _log = null;
        }
    }

    /// <summary>Subscribes one of Fedora's own services, which the troubles of this bus do not touch.</summary>
    internal IAsyncDisposable Subscribe(Func<BusMessage, CancellationToken, Task> take, bool faithful)
    {
        ArgumentNullException.ThrowIfNull(take);
        var subscription = new Subscription(this, faithful, take);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    internal void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    /// <summary>Returns when the broker can be reached.</summary>
    internal Task PresentAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _return?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
        }
    }

    private BusMessage Make(string topic, JsonObject body, string schema)
    {
        ArgumentNullException.ThrowIfNull(body);
        var now = _time.GetUtcNow();
        return new BusMessage(
            Guid.NewGuid().ToString(), Prefix + topic, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), schema, Severity: 20, body.ToJsonString());
    }

    /// <param name="faithful">Which subscribers get it: true only Fedora's own, false only the others, null all.</param>
    private void Deliver(BusMessage message, bool? faithful)
    {
        foreach (var subscription in _subscriptions.Where(subscription => faithful is null || subscription.Faithful == faithful))
        {
            subscription.Add(message);
        }
    }
}
