using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Engine;
using Packit.Automation.Matching;
using Packit.Automation.Storage;
using Packit.Http;

namespace Packit.Automation.BodhiUpdate;

/// <summary>
/// Considers builds of ours that are complete without anybody having thought of their update: the message was lost, or a worker died between
/// the end of the build and the update.
/// </summary>
public sealed partial class MissedBuildsJob(
    IPackitDbFactory databases, UpdateIntake intake, TimeProvider time, ILogger<MissedBuildsJob> logger) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "missed-build";

    /// <summary>How long the message that a build is complete may be on its way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Older builds are left alone; whoever wants their update asks for it.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(2);

    public string Kind => KindName;

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        try
        {
            await intake.ConsiderAsync(rowId, cancellationToken);
        }
        catch (RemoteException away)
        {
            // The sweep brings it again.
            LogAway(rowId, away);
        }
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset newest = now - Patience, oldest = now - GiveUp;
        await using var database = databases.Create();
        var complete = await database.Builds.AsNoTracking()
            .Where(row => row.Status == KojiBuildStatus.Success && !row.Scratch && row.FinishedTime < newest && row.FinishedTime > oldest)
            .Select(row => new { row.Id, row.Group.DeliveryId }).ToListAsync(cancellationToken);
        var (deliveries, steps) = (complete.ConvertAll(row => row.DeliveryId), complete.ConvertAll(row => DecisionSteps.UpdateOf(row.Id)));
        var considered = await database.Decisions.Where(row => deliveries.Contains(row.DeliveryId) && steps.Contains(row.Step))
            .Select(row => row.Step).Distinct().ToListAsync(cancellationToken);
        var missed = complete.Select(row => row.Id).Where(id => !considered.Contains(DecisionSteps.UpdateOf(id)));
        return [.. missed.Select(id => new QueuedJob(
            KindName, id, string.Create(CultureInfo.InvariantCulture, $"{KindName}/{id}"), string.Create(CultureInfo.InvariantCulture, $"{KindName}@{id}")))];
    }

    [LoggerMessage(EventId = 4921, Level = LogLevel.Warning, Message = "The update of build {Build} could not be considered")]
    private partial void LogAway(int build, Exception cause);
}
