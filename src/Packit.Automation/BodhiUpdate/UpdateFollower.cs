using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.Storage;
using Packit.Http;

namespace Packit.Automation.BodhiUpdate;

/// <summary>
/// Follows updates through Bodhi until they are stable, unpushed or obsolete. Messages say when to look; without any, Bodhi is asked at
/// growing intervals.
/// </summary>
public sealed partial class UpdateFollower(
    IPackitDbFactory databases, UpdatesInBodhi bodhi, IJobQueue queue, TimeProvider time, ILogger<UpdateFollower> logger) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "bodhi-follow";

    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6)];

    public string Kind => KindName;

    /// <summary>How long Bodhi is left alone after it was asked this many times.</summary>
    public static TimeSpan Pause(int checks) => Pauses[Math.Min(checks, Pauses.Length - 1)];

    /// <summary>The engine's job that looks at an update.</summary>
    public static QueuedJob Of(BodhiUpdateTarget target, string occasion)
    {
        ArgumentNullException.ThrowIfNull(target);
        var name = string.Create(CultureInfo.InvariantCulture, $"{KindName}/{target.Id}/{occasion}");
        return new QueuedJob(KindName, target.Id, name, string.Create(CultureInfo.InvariantCulture, $"{KindName}@{target.Id}"));
    }

    /// <summary>Looks at an update of which a message speaks.</summary>
    /// <param name="alias">Bodhi's name of it.</param>
    /// <param name="occasion">What happened, as a part of the name of jobs: each occasion looks once.</param>
    /// <param name="cancellationToken">Ends the work; it can be repeated.</param>
    /// <returns>How many rows of ours follow it.</returns>
    public async Task<int> HeardAsync(string alias, string occasion, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var followed = await database.Updates.AsNoTracking().Where(row => row.Alias == alias).ToListAsync(cancellationToken);
        foreach (var target in followed)
        {
            await queue.EnqueueAsync(Of(target, occasion), cancellationToken);
        }

        return followed.Count;
    }

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var target = await database.Updates.SingleAsync(row => row.Id == rowId, cancellationToken);
        if (target.Alias is not { } alias)
        {
            return;
        }

        var now = time.GetUtcNow();
        try
        {
            if (await bodhi.ReadAsync(alias, cancellationToken) is { } update)
            {
                // A look that a message asked for says nothing about how long it is quiet.
                target.Checks = update.State != target.UpdateState ? 0 : target.NextCheckAt <= now ? target.Checks + 1 : target.Checks;
                update.CopyTo(target, now);
            }
            else
            {
                // Bodhi deletes no updates; should it be gone all the same, there is nothing to follow.
                target.NextCheckAt = null;
                LogGone(alias);
            }
        }
        catch (RemoteException away)
        {
            // The state stays as it was last seen; the next look comes by itself.
            target.NextCheckAt = now + (away.RetryAfter ?? Pause(0));
            LogAway(alias, RemoteFailures.Describe(away).Text);
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var due = await database.Updates.AsNoTracking().Where(row => row.NextCheckAt != null && row.NextCheckAt <= now).ToListAsync(cancellationToken);
        return [.. due.Select(target => Of(target, string.Create(CultureInfo.InvariantCulture, $"{target.NextCheckAt!.Value.ToUnixTimeSeconds()}")))];
    }

    [LoggerMessage(EventId = 4911, Level = LogLevel.Warning, Message = "Update {Alias} is not in Bodhi any more; it is not followed further")]
    private partial void LogGone(string alias);

    [LoggerMessage(EventId = 4912, Level = LogLevel.Warning, Message = "Update {Alias} could not be looked at: {Reason}")]
    private partial void LogAway(string alias, string reason);
}
