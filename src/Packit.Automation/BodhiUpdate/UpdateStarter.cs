using Packit.Automation.Downstream;
using Packit.Automation.Engine;
using Packit.Automation.Matching;
using Packit.Automation.Storage;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Makes the rows of updates and puts them to work.</summary>
public sealed class UpdateStarter(IPackitDbFactory databases, DistGitProjects projects, IJobQueue queue, TimeProvider time)
{
    /// <summary>Starts a matched job; repeating it for the same delivery, command and build starts nothing twice.</summary>
    /// <returns>The row of the update.</returns>
    public async Task<BodhiUpdateTarget> StartAsync(UpdateWish wish, JobMatch match, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(match);
        var target = await StoreAsync(wish, match, cancellationToken);
        if (BodhiUpdateStates.Open.Contains(target.Status))
        {
            await queue.EnqueueAsync(BodhiUpdateJob.Next(target, wish.Build.Package), cancellationToken);
        }

        return target;
    }

    /// <summary>Makes the rows in one transaction: a group never stands there without its update.</summary>
    private async Task<BodhiUpdateTarget> StoreAsync(UpdateWish wish, JobMatch match, CancellationToken cancellationToken)
    {
        var projectId = await projects.IdOfAsync(wish.Build.Package, cancellationToken);
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var cause = await EventAsync(database, wish, projectId, now, cancellationToken);
        var group = await database.GetOrCreateAsync(
            row => row.DeliveryId == wish.DeliveryId && row.ViewIndex == match.Index && row.CommandId == wish.CommandId,
            () => new BodhiUpdateGroup
            {
                ProjectEventId = cause.Id, DeliveryId = wish.DeliveryId, CommandId = wish.CommandId, ProjectId = projectId, PackageName = match.View.PackageName,
                DownstreamPackage = wish.Build.Package, ViewIndex = match.Index, ConfigId = wish.ConfigId, RequestedBy = wish.RequestedBy, SubmittedTime = now,
            },
            cancellationToken);
        var target = await database.GetOrCreateAsync(
            row => row.GroupId == group.Id && row.Branch == wish.Build.Branch && row.KojiNvrs == wish.Build.Nvr,
            () => new BodhiUpdateTarget
            {
                GroupId = group.Id, Branch = wish.Build.Branch, KojiNvrs = wish.Build.Nvr, BuildTargetId = wish.BuildTargetId,
                Status = BodhiUpdateStatus.Queued, SubmittedTime = now,
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return target;
    }

    private static Task<ProjectEvent> EventAsync(
        PackitDb database, UpdateWish wish, int projectId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var build = wish.Build;
        return wish.PullRequest is { } pull
            ? database.GetOrCreateAsync(
                row => row.Type == ProjectEventType.PullRequest && row.ProjectId == projectId && row.PrId == pull && row.CommitSha == build.Commit,
                () => new ProjectEvent
                {
                    Type = ProjectEventType.PullRequest, ProjectId = projectId, PrId = pull, Branch = build.Branch, CommitSha = build.Commit, CreatedAt = now,
                },
                cancellationToken)
            : database.GetOrCreateAsync(
                row => row.Type == ProjectEventType.KojiBuild && row.BuildId == build.Id,
                () => new ProjectEvent
                {
                    Type = ProjectEventType.KojiBuild, ProjectId = projectId, BuildId = build.Id, Branch = build.Branch, CommitSha = build.Commit, CreatedAt = now,
                },
                cancellationToken);
    }
}

/// <summary>Somebody or something wants an update of a build.</summary>
/// <param name="DeliveryId">Row of the delivery that says so; for a build of ours the one that the build was made for.</param>
/// <param name="Build">The build.</param>
/// <param name="ConfigId">Row of the package config that says how.</param>
/// <param name="RequestedBy">Login of who built it, or of who asked.</param>
/// <param name="BuildTargetId">Our row of the build; null when somebody else built it.</param>
/// <param name="PullRequest">Number of the pull request in which somebody asked; null when the build itself is the cause.</param>
public sealed record UpdateWish(long DeliveryId, CompleteBuild Build, int ConfigId, string RequestedBy, int? BuildTargetId, int? PullRequest = null)
{
    /// <summary>The command that asks; 0 when none does.</summary>
    public int CommandId { get; init; }
}
