using System.Globalization;
using Packit.Automation.Engine;
using Packit.Http;

namespace Packit.Automation.KojiBuild;

/// <summary>Asks Koji for the builds of which no message has told for a while, so that a lost message costs minutes and no build.</summary>
public sealed class KojiWatchJob(KojiWatchRows rows, KojiBuildFollower follower, TimeProvider time) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "koji-watch";

    /// <summary>One round is about all builds; there is no row of its own.</summary>
    private const int AllBuilds = 0;

    private const int BuildsPerRound = 200;

    public string Kind => KindName;

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        var due = await rows.DueAsync(BuildsPerRound, cancellationToken);
        if (due.Count == 0)
        {
            return;
        }

        try
        {
            await follower.FollowAsync(due, cancellationToken);
        }
        catch (RemoteException)
        {
            // Koji is away: an outage for those who submit, and nothing new for those who watch.
            await rows.PostponeAsync(due, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken) =>
        (await rows.DueAsync(1, cancellationToken)).Count > 0
            ? [new QueuedJob(
                KindName, AllBuilds, string.Create(CultureInfo.InvariantCulture, $"{KindName}/{time.GetUtcNow().ToUnixTimeSeconds()}"), KindName)]
            : [];
}
