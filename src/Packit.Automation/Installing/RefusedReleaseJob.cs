using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Engine;
using Packit.Automation.Intake;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Installing;

/// <summary>
/// Proposes the newest release of a project that was refused for want of approval, once the project is approved: its delivery is read again, as
/// if it came now, with all that is asked about a release.
/// </summary>
public sealed class RefusedReleaseJob(IPackitDbFactory databases, Allowlist allowlist, IJobQueue queue, Rereading rereading) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "refused-release";

    public string Kind => KindName;

    /// <summary>Begins at once what the sweep would find.</summary>
    public async Task EnqueueDueAsync(CancellationToken cancellationToken)
    {
        foreach (var job in await FindOrphansAsync(cancellationToken))
        {
            await queue.EnqueueAsync(job, cancellationToken);
        }
    }

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var project = await database.Projects.AsNoTracking().SingleAsync(row => row.Id == rowId, cancellationToken);
        if (await allowlist.OfProjectAsync(project.InstanceUrl, project.Namespace, project.RepoName, cancellationToken) is not AccessDecision.Granted)
        {
            return;
        }

        // All of them are newer than the last one that was let through (Refusals); of those the older ones are history.
        var newest = await database.Releases.AsNoTracking().Where(release => release.ProjectId == rowId && release.RefusedDeliveryId != null)
            .OrderByDescending(release => release.Id).FirstOrDefaultAsync(cancellationToken);
        if (newest?.RefusedDeliveryId is { } delivery && !await rereading.AskAsync(delivery, InstallingTexts.ReadAgain, cancellationToken))
        {
            // It is being read just now, and ends soon; the sweep comes again.
            return;
        }

        await database.Releases.Where(release => release.ProjectId == rowId && release.RefusedDeliveryId != null)
            .ExecuteUpdateAsync(change => change.SetProperty(release => release.RefusedDeliveryId, (long?)null), cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var found = await database.Projects.AsNoTracking()
            .Where(project => database.Releases.Any(release => release.ProjectId == project.Id && release.RefusedDeliveryId != null)
                && database.Allowlist.Any(entry =>
                    (entry.Status == AllowlistStatus.ApprovedAutomatically || entry.Status == AllowlistStatus.ApprovedManually)
                    && (entry.Namespace == project.InstanceUrl
                        || entry.Namespace.ToLower() == (project.InstanceUrl + "/" + project.Namespace).ToLower()
                        || entry.Namespace.ToLower() == (project.InstanceUrl + "/" + project.Namespace + "/" + project.RepoName + ".git").ToLower())))
            .Select(project => project.Id).ToListAsync(cancellationToken);
        return [.. found.Select(id => new QueuedJob(
            KindName, id, string.Create(CultureInfo.InvariantCulture, $"{KindName}/{id}"), string.Create(CultureInfo.InvariantCulture, $"{KindName}@{id}")))];
    }
}
