namespace Packit.GitHub;

/// <summary>When calls of one installation may go, so that GitHub's secondary limits are never met.</summary>
internal sealed class CallPace
{
    private const double ReadPoints = 1;
    private const double WritePoints = 5;

    /// <summary>The farthest that a refused call is sent into the future.</summary>
    private static readonly TimeSpan LongestPromise = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly TimeSpan _longestWait;
    private readonly TokenBucket _points;
    private readonly TokenBucket _writes;
    private readonly TokenBucket _contentOfMinute;
    private readonly TokenBucket _contentOfHour;
    private DateTimeOffset _promised = DateTimeOffset.MinValue;

    public CallPace(GitHubLimits limits)
    {
        var share = 1.0 / Math.Max(1, limits.Processes);
        _longestWait = limits.LongestWait;
        _points = TokenBucket.Within(Math.Max(limits.PointsPerMinute * share, 3 * WritePoints), TimeSpan.FromMinutes(1));
        _writes = new TokenBucket(Math.Max(1, limits.WritesAtOnce * share), share);
        _contentOfMinute = TokenBucket.Within(limits.ContentPerMinute * share, TimeSpan.FromMinutes(1));
        _contentOfHour = TokenBucket.Within(limits.ContentPerHour * share, TimeSpan.FromHours(1));
    }

    /// <summary>Takes a place in the line of calls.</summary>
    /// <returns>How long to wait before the call goes; or, when that is too long, when to come again.</returns>
    public Place Reserve(GitHubRequest request, CallPriority priority, DateTimeOffset now)
    {
        lock (_gate)
        {
            var takes = Takes(request);
            var leave = Left(priority);
            var slowest = takes.MaxBy(take => take.Bucket.WaitFor(take.Cost, take.Bucket.Capacity * leave, now));
            var wait = slowest.Bucket.WaitFor(slowest.Cost, slowest.Bucket.Capacity * leave, now);
            if (wait <= _longestWait)
            {
                foreach (var (bucket, cost) in takes)
                {
                    bucket.Take(cost);
                }

                return new Place(wait, ComeAgain: null);
            }

            // Whoever is refused is given a time of his own, else all of them would come again at the same moment.
            var earliest = now + wait;
            _promised = (_promised > earliest ? _promised : earliest) + slowest.Bucket.TimeOf(slowest.Cost);
            var again = _promised - now;
            return new Place(wait, again < LongestPromise ? again : LongestPromise);
        }
    }

    // Work without haste leaves half of what may go at once, and other work a quarter for a person's first sign.
    private static double Left(CallPriority priority) => priority switch
    {
        CallPriority.Background => 0.5,
        CallPriority.Ordinary => 0.25,
        CallPriority.Urgent => 0,
    };

    private IReadOnlyList<(TokenBucket Bucket, double Cost)> Takes(GitHubRequest request) => request switch
    {
        { IsRead: true } => [(_points, ReadPoints)],
        { CreatesContent: true } => [(_points, WritePoints), (_writes, 1), (_contentOfMinute, 1), (_contentOfHour, 1)],
        _ => [(_points, WritePoints), (_writes, 1)],
    };

    /// <summary>A place in the line.</summary>
    /// <param name="Wait">How long until the call may go.</param>
    /// <param name="ComeAgain">Set when that is too long: nothing was reserved, and the call should be made anew after this time.</param>
    public sealed record Place(TimeSpan Wait, TimeSpan? ComeAgain);
}
