using System.Collections.Concurrent;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>
/// What is shared by all calls of one installation: GitHub counts its limits per installation, asks that writes go one after
/// the other, and punishes those who call on while limited.
/// </summary>
internal sealed class InstallationState
{
    private static readonly TimeSpan LongestSecondaryPause = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;
    private int _secondaryInARow;

    /// <summary>Held during a write.</summary>
    public SemaphoreSlim Writing { get; } = new(1, 1);

    public RateBudget? Budget { get; private set; }

    /// <exception cref="RemoteException">A limit named earlier is still on; nothing is sent.</exception>
    public void ThrowIfBlocked(GitHubRequest request, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_blockedUntil > now)
            {
                throw new RemoteException(
                    GitHubWire.Service, RemoteFailure.RateLimited,
                    $"GitHub's rate limit is still on, so nothing was sent for {request.Doing}; the next call may go at {_blockedUntil:HH:mm:ss} UTC.")
                {
                    RetryAfter = _blockedUntil - now,
                };
            }
        }
    }

    public void Note(GitHubAnswer answer)
    {
        lock (_gate)
        {
            Budget = answer.Budget ?? Budget;
            if (answer.IsSuccess)
            {
                _secondaryInARow = 0;
            }
        }
    }

    /// <summary>The typed failure of a refused call. A limit blocks the installation until it ends.</summary>
    public RemoteException Refused(GitHubRequest request, GitHubAnswer answer, DateTimeOffset now)
    {
        lock (_gate)
        {
            // Limits that name no waiting time want 60 s first and then twice as long each time.
            var pause = GitHubErrors.SecondaryPause * (1 << Math.Min(_secondaryInARow, 6));
            var failed = GitHubErrors.Refused(request, answer, now, pause < LongestSecondaryPause ? pause : LongestSecondaryPause);
            if (failed is { Failure: RemoteFailure.RateLimited, RetryAfter: { } wait })
            {
                _secondaryInARow++;
                var until = now + wait;
                _blockedUntil = until > _blockedUntil ? until : _blockedUntil;
            }

            return failed;
        }
    }
}

/// <summary>The states of all installations seen; one small object for each.</summary>
internal sealed class InstallationStates
{
    private readonly ConcurrentDictionary<long, InstallationState> _states = new();

    public InstallationState Of(long installationId) => _states.GetOrAdd(installationId, static _ => new InstallationState());
}
