using Microsoft.EntityFrameworkCore;
using Packit.Automation.Downstream;
using Packit.Automation.Engine;
using Packit.Automation.Matching;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.KojiBuild;

/// <summary>Makes the rows of builds and puts them to work.</summary>
public sealed class KojiBuildStarter(
    IPackitDbFactory databases, DistGitProjects projects, DistGitAddresses addresses, IJobQueue queue, TimeProvider time)
{
    /// <summary>Starts the matched jobs; repeating it for the same delivery and command starts nothing twice.</summary>
    /// <returns>The rows of the builds.</returns>
    public async Task<IReadOnlyList<KojiBuildTarget>> StartAsync(
        BuildRequest request, IReadOnlyList<JobMatch> matched, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(matched);
        if (matched.Count == 0)
        {
            return [];
        }

        var projectId = await projects.IdOfAsync(request.Package, cancellationToken);
        List<KojiBuildTarget> targets = [];
        foreach (var match in matched)
        {
            var target = await StoreAsync(request, projectId, match, cancellationToken);
            targets.Add(target);
            if (target.TaskId is null && KojiBuildStates.Submitting.Contains(target.Status))
            {
                await queue.EnqueueAsync(KojiBuildJob.Next(target, request.Package), cancellationToken);
            }
        }

        return targets;
    }

    /// <summary>Makes the rows in one transaction: a group never stands there without its build.</summary>
    private async Task<KojiBuildTarget> StoreAsync(BuildRequest request, int projectId, JobMatch match, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var cause = await EventAsync(database, request, projectId, now, cancellationToken);
        var pull = await PullRequestAsync(database, request, cancellationToken);
        var group = await database.GetOrCreateAsync(
            row => row.DeliveryId == request.DeliveryId && row.ViewIndex == match.Index && row.CommandId == request.CommandId,
            () => new KojiBuildGroup
            {
                ProjectEventId = cause.Id, DeliveryId = request.DeliveryId, CommandId = request.CommandId, ProjectId = projectId, PackageName = match.View.PackageName,
                DownstreamPackage = request.Package, ViewIndex = match.Index, ConfigId = request.ConfigId, RequestedBy = request.RequestedBy,
                PullRequestId = pull, SubmittedTime = now,
            },
            cancellationToken);
        var target = await database.GetOrCreateAsync(
            row => row.GroupId == group.Id && row.Branch == request.Branch,
            () => new KojiBuildTarget
            {
                GroupId = group.Id, Branch = request.Branch, BuildTarget = KojiBuildJob.BuildTarget(request.Branch), CommitSha = request.Commit,
                Scratch = match.View.Settings.Scratch, Status = KojiBuildStatus.Queued, SubmittedTime = now,
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return target;
    }

    private static Task<ProjectEvent> EventAsync(
        PackitDb database, BuildRequest request, int projectId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ProjectEvent Make() => new()
        {
            Type = request.Cause, ProjectId = projectId, Branch = request.Branch, CommitSha = request.Commit, PrId = request.PullRequest, CreatedAt = now,
        };
        return request.Cause == ProjectEventType.PullRequest
            ? database.GetOrCreateAsync(
                row => row.Type == ProjectEventType.PullRequest && row.ProjectId == projectId && row.PrId == request.PullRequest && row.CommitSha == request.Commit,
                Make, cancellationToken)
            : database.GetOrCreateAsync(
                row => row.Type == ProjectEventType.BranchPush && row.ProjectId == projectId && row.Branch == request.Branch && row.CommitSha == request.Commit,
                Make, cancellationToken);
    }

    private async Task<int?> PullRequestAsync(PackitDb database, BuildRequest request, CancellationToken cancellationToken)
    {
        var url = addresses.WebUrl(request.Package);
        return request.PullRequest is { } number
            ? await database.PullRequests.Where(row => row.PrId == number && row.Project.ProjectUrl == url)
                .Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken)
            : null;
    }
}

/// <summary>Somebody or something wants a commit built.</summary>
/// <param name="DeliveryId">Row of the delivery that says so.</param>
/// <param name="Cause">A push, or a command in a pull request.</param>
/// <param name="Package">Name of the dist-git repository.</param>
/// <param name="Branch">The dist-git branch.</param>
/// <param name="Commit">Full sha.</param>
/// <param name="ConfigId">Row of the package config that says how.</param>
/// <param name="PullRequest">Number of the pull request that was merged or in which was asked; null for none.</param>
/// <param name="RequestedBy">Login of the author, of who pushed, or of who asked.</param>
public sealed record BuildRequest(
    long DeliveryId, ProjectEventType Cause, string Package, string Branch, string Commit, int ConfigId, int? PullRequest, string RequestedBy)
{
    /// <summary>The command that asks; 0 when none does.</summary>
    public int CommandId { get; init; }
}
