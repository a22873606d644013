using System.Collections.Concurrent;

namespace Packit.Automation.Storage;

/// <summary>
/// "There is something to do": inside the process at once, between processes by PostgreSQL's NOTIFY (<see cref="PostgresListener"/>).
/// A wake-up may be lost or come for nothing; whoever waits for one looks for itself now and then.
/// </summary>
internal sealed class WakeUps
{
    /// <summary>Deliveries were stored.</summary>
    public const string Inbox = "packit_inbox";

    /// <summary>Jobs were put into the engine.</summary>
    public const string Jobs = "packit_jobs";

    public static readonly IReadOnlyList<string> Channels = [Inbox, Jobs];

    private readonly ConcurrentDictionary<Subscription, Action> _subscriptions = new();

    /// <summary>Wakes those who wait in this process. Called by any thread.</summary>
    public void Raise(string channel)
    {
        foreach (var (subscription, wake) in _subscriptions)
        {
            if (subscription.Channel == channel)
            {
                wake();
            }
        }
    }

    /// <summary>Calls <paramref name="wake"/>, which must return at once, until the result is disposed.</summary>
    public IDisposable Subscribe(string channel, Action wake)
    {
        var subscription = new Subscription(this, channel);
        _subscriptions[subscription] = wake;
        return subscription;
    }

    private sealed class Subscription(WakeUps owner, string channel) : IDisposable
    {
        public string Channel => channel;

        public void Dispose() => owner._subscriptions.TryRemove(this, out _);
    }
}
