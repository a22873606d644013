using Packit.Http;

namespace Packit.GitHub;

/// <summary>
/// What is shared by all calls of one installation: GitHub counts its limits per installation, asks that writes go one after
/// the other, and punishes those who call on while limited. A call that may not go now is refused with the time to come again.
/// </summary>
internal sealed class InstallationState(long installationId, GitHubLimits limits, IRateObserver? observer, TimeProvider time)
{
    private static readonly TimeSpan LongestSecondaryPause = TimeSpan.FromHours(1);

    /// <summary>Two resets that are no farther apart belong to the same hour; GitHub rounds.</summary>
    private static readonly TimeSpan SameReset = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly CallPace _pace = new(limits);
    private readonly WriteTurn _writing = new();
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;
    private RateDelayCause _blockedBy;
    private int _secondaryInARow;
    private RateDelay? _delay;

    public RateBudget? Budget { get; private set; }

    private SemaphoreSlim OnTheirWay { get; } = new(Math.Max(1, limits.Concurrent / Math.Max(1, limits.Processes)));

    /// <summary>Waits until a call may go, and lets it.</summary>
    /// <exception cref="RemoteException">
    /// It may not go before long: a limit named earlier is still on, few requests are left, or too many calls are before it. Nothing is sent;
    /// <see cref="RemoteException.RetryAfter"/> says when to come again.
    /// </exception>
    public async Task<GitHubAnswer> RunAsync(
        GitHubRequest request, CallPriority priority, Func<Task<GitHubAnswer>> send, CancellationToken cancellationToken)
    {
        ThrowIfHeldBack(request, priority);
        await PaceAsync(request, priority, cancellationToken);
        if (request.IsRead)
        {
            await OnTheirWay.WaitAsync(cancellationToken);
            try
            {
                ThrowIfHeldBack(request, priority);
                return await send();
            }
            finally
            {
                OnTheirWay.Release();
            }
        }

        await _writing.EnterAsync(priority == CallPriority.Urgent, cancellationToken);
        try
        {
            // Whoever went before may have met a limit.
            ThrowIfHeldBack(request, priority);
            return await send();
        }
        finally
        {
            _writing.Leave();
        }
    }

    /// <exception cref="RemoteException">A limit is on, or what is left is kept for others.</exception>
    public void ThrowIfHeldBack(GitHubRequest request, CallPriority priority)
    {
        RemoteException? refused;
        RateReport? report;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            refused = Refusal(request, priority, now);
            report = refused is null ? EndDelay(now) : Report();
        }

        Tell(report);
        if (refused is not null)
        {
            throw refused;
        }
    }

    /// <summary>Learns from an answer what is left.</summary>
    public void Note(GitHubAnswer answer)
    {
        RateReport? report;
        lock (_gate)
        {
            var before = Budget;
            Budget = Newest(Budget, answer.Budget);
            if (answer.IsSuccess)
            {
                _secondaryInARow = 0;
            }

            report = Budget == before ? null : Report();
        }

        Tell(report);
    }

    /// <summary>The typed failure of a refused call. A limit blocks the installation until it ends.</summary>
    public RemoteException Refused(GitHubRequest request, GitHubAnswer answer)
    {
        RemoteException failed;
        RateReport? report = null;
        lock (_gate)
        {
            // Limits that name no waiting time want 60 s first and then twice as long each time. Calls that were on their way when it was met
            // have met the same one.
            var now = time.GetUtcNow();
            var isKnown = _blockedUntil > now && _secondaryInARow > 0;
            var before = isKnown ? _secondaryInARow - 1 : _secondaryInARow;
            var pause = GitHubErrors.SecondaryPause * (1 << Math.Min(before, 6));
            failed = GitHubErrors.Refused(request, answer, now, pause < LongestSecondaryPause ? pause : LongestSecondaryPause);
            if (failed is { Failure: RemoteFailure.RateLimited, RetryAfter: { } wait })
            {
                _secondaryInARow = before + 1;
                var until = now + wait;
                if (until > _blockedUntil)
                {
                    _blockedUntil = until;
                    _blockedBy = answer is { Budget.Remaining: 0, RetryAfter: null } ? RateDelayCause.PrimaryLimit : RateDelayCause.SecondaryLimit;
                }

                Delay(_blockedBy, now, _blockedUntil);
                report = Report();
            }
        }

        Tell(report);
        return failed;
    }

    /// <summary>Sends nothing before that time: another process met a limit.</summary>
    public void Hold(RateDelayCause cause, DateTimeOffset until)
    {
        lock (_gate)
        {
            (_blockedUntil, _blockedBy) = until > _blockedUntil ? (until, cause) : (_blockedUntil, _blockedBy);
        }
    }

    private RemoteException? Refusal(GitHubRequest request, CallPriority priority, DateTimeOffset now)
    {
        if (_blockedUntil > now)
        {
            Delay(_blockedBy, now, _blockedUntil);
            return Limited(
                $"GitHub's rate limit is still on, so nothing was sent for {request.Doing}; the next call may go at {_blockedUntil:HH:mm:ss} UTC.",
                _blockedUntil - now);
        }

        if (Budget is { } budget && budget.Reset > now && budget.Remaining <= Reserve(budget, priority))
        {
            var again = budget.Reset + TimeSpan.FromSeconds(1);
            Delay(RateDelayCause.LowBudget, now, again);
            return Limited(
                $"Only {budget.Remaining} of {budget.Limit} requests to GitHub are left until {budget.Reset:HH:mm:ss} UTC, and they are kept for what "
                + $"people wait for, so nothing was sent for {request.Doing}.",
                again - now);
        }

        return null;
    }

    private async Task PaceAsync(GitHubRequest request, CallPriority priority, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var place = _pace.Reserve(request, priority, now);
        if (place.ComeAgain is { } again)
        {
            RateReport report;
            lock (_gate)
            {
                Delay(RateDelayCause.Pace, now, now + again);
                report = Report();
            }

            Tell(report);
            throw Limited(
                $"Calls to GitHub go one after the other so that its limits are kept, and many are waiting; {request.Doing} may go at {now + again:HH:mm:ss} UTC.",
                again);
        }

        if (place.Wait > TimeSpan.Zero)
        {
            await Task.Delay(place.Wait, time, cancellationToken);
        }
    }

    private int Reserve(RateBudget budget, CallPriority priority) => priority switch
    {
        CallPriority.Background => Percent(budget.Limit, limits.BackgroundReservePercent),
        CallPriority.Ordinary => Percent(budget.Limit, limits.ReservePercent),
        CallPriority.Urgent => 0,
    };

    private static int Percent(int limit, int percent) => (int)((long)limit * percent / 100);

    // Answers overtake each other: within an hour the lowest count is the latest.
    private static RateBudget? Newest(RateBudget? known, RateBudget? said) =>
        known is null || said is null ? said ?? known
        : said.Reset < known.Reset - SameReset ? known
        : said.Reset > known.Reset + SameReset || said.Limit != known.Limit ? said
        : said.Remaining < known.Remaining ? said with { Reset = known.Reset }
        : known;

    private void Delay(RateDelayCause cause, DateTimeOffset now, DateTimeOffset until)
    {
        var isOn = _delay is { } known && known.Until > now;
        if (!isOn || until > _delay!.Until)
        {
            _delay = new RateDelay(cause, isOn ? _delay!.Since : now, until);
        }
    }

    /// <returns>What to tell; null when no delay ends.</returns>
    private RateReport? EndDelay(DateTimeOffset now)
    {
        if (_delay is not { } delay || delay.Until > now)
        {
            return null;
        }

        _delay = null;
        return Report();
    }

    private RateReport Report() => new(installationId, Budget, _delay);

    private void Tell(RateReport? report)
    {
        if (report is not null)
        {
            observer?.Noted(report);
        }
    }

    private static RemoteException Limited(string message, TimeSpan again) =>
        new(GitHubWire.Service, RemoteFailure.RateLimited, message) { RetryAfter = again };
}
