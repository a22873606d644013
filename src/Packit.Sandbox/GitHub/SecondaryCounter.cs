using System.Collections.Concurrent;

namespace Packit.Sandbox.GitHub;

/// <summary>Counts the requests of each installation against the secondary limits, exactly: every window of a minute and of an hour.</summary>
internal sealed class SecondaryCounter(TimeProvider time)
{
    private const int WritePoints = 5;
    private readonly ConcurrentDictionary<long, Seen> _seen = new();

    private SecondaryLimits? _refusedAs;
    private DateTimeOffset _refusedUntil;

    /// <summary>What counts; null for no limits.</summary>
    public SecondaryLimits? Limits { get; set; }

    /// <summary>Refuses everything until then, as GitHub does when it has had enough for reasons of its own.</summary>
    public void Refuse(SecondaryLimits limits, TimeSpan length)
    {
        (_refusedAs, _refusedUntil) = (limits, time.GetUtcNow() + length);
    }

    /// <summary>Lets a request in.</summary>
    /// <returns>To be disposed of when it is answered.</returns>
    /// <exception cref="GitHubRefusal">A limit is met.</exception>
    public IDisposable? Admit(Caller caller, string method)
    {
        if (caller is not Caller.Installation { Token.Installation: var installation })
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (_refusedAs is { } refused && now < _refusedUntil)
        {
            throw GitHubRefusal.Secondary(refused);
        }

        if (Limits is not { } limits)
        {
            return null;
        }

        var seen = _seen.GetOrAdd(installation, static _ => new Seen());
        return seen.TryBegin(limits, now, reads: method is "GET" or "HEAD" or "OPTIONS", creates: method == "POST") ? seen : throw GitHubRefusal.Secondary(limits);
    }

    private sealed class Seen : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly Queue<(DateTimeOffset At, int Points)> _requests = new();
        private readonly Queue<DateTimeOffset> _created = new();
        private int _points;
        private int _running;

        public bool TryBegin(SecondaryLimits limits, DateTimeOffset now, bool reads, bool creates)
        {
            lock (_gate)
            {
                while (_requests.TryPeek(out var old) && old.At <= now - TimeSpan.FromMinutes(1))
                {
                    _points -= _requests.Dequeue().Points;
                }

                while (_created.TryPeek(out var old) && old <= now - TimeSpan.FromHours(1))
                {
                    _created.Dequeue();
                }

                int points = reads ? 1 : WritePoints;
                if (_points + points > limits.PointsPerMinute || _running >= limits.Concurrent
                    || (creates && (_created.Count >= limits.ContentPerHour
                        || _created.Count(at => at > now - TimeSpan.FromMinutes(1)) >= limits.ContentPerMinute)))
                {
                    return false;
                }

                _requests.Enqueue((now, points));
                _points += points;
                _running++;
                if (creates)
                {
                    _created.Enqueue(now);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _running--;
            }
        }
    }
}
