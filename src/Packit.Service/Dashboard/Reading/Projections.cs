using System.Linq.Expressions;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>What pages read of the rows, as the database evaluates it.</summary>
internal static class Projections
{
    public static Expression<Func<ProjectRelease, ReleaseHead>> Head { get; } = release => new ReleaseHead(
        release.Id, release.Project.InstanceUrl, release.Project.Namespace + "/" + release.Project.RepoName, release.Project.ProjectUrl, release.TagName,
        release.CommitHash, release.SeenAt);

    public static Expression<Func<SyncReleaseTarget, BranchState>> State { get; } = target => new BranchState
    {
        TargetId = target.Id,
        ReleaseId = target.Run.ProjectEvent.Release.Id,
        Package = target.Run.DownstreamPackage,
        Branch = target.Branch,
        Status = target.Status,
        SubmittedTime = target.SubmittedTime,
        StartTime = target.StartTime,
        FinishedTime = target.FinishedTime,
        Attempts = target.Attempts,
        Retries = target.Retries,
        NextAttemptAt = target.NextAttemptAt,
        FailureKind = target.FailureKind,
        FailureCode = target.FailureCode,
        Message = target.Message,
        Version = target.Version,
        Trigger = target.Run.Trigger,
        DeliveryId = target.Run.DeliveryId,
        PullRequests = target.PullRequests
            .OrderBy(pull => pull.Id)
            .Select(pull => new PullRequestLink
            {
                Number = pull.PrId,
                Title = pull.Title,
                Url = pull.Url,
                TargetBranch = pull.TargetBranch,
                IsFastForward = pull.IsFastForward,
                State = pull.State,
                ClosedAt = pull.ClosedAt,
                NewestTargetId = pull.Targets.Max(other => other.Id),
                // What was left out in favour of an earlier build of the same name tells nothing that this one does not.
                Build = pull.BuildGroups.SelectMany(group => group.Targets).AsQueryable()
                    .Where(build => !build.Scratch
                        && !(build.Status == KojiBuildStatus.Skipped && build.Group.PullRequest!.BuildGroups.Any(group => group.Targets.Any(earlier =>
                            earlier.Id < build.Id && earlier.Nvr == build.Nvr && !earlier.Scratch
                            && (earlier.Status == KojiBuildStatus.Success || KojiBuildStates.Open.Contains(earlier.Status))))))
                    .OrderByDescending(build => build.Id).Select(BuildState.Of).FirstOrDefault(),
            })
            .ToList(),
    };

    /// <summary>The latest word on each branch of each package: a later run of a branch replaces an earlier one.</summary>
    public static IReadOnlyList<BranchState> Present(IEnumerable<BranchState> states) =>
    [
        .. states.GroupBy(state => (state.Package, state.Branch))
            .Select(group => group.MaxBy(state => state.TargetId)!)
            .OrderBy(state => state.Package, StringComparer.Ordinal)
            .ThenBy(state => state.Branch, BranchOrder.Instance),
    ];
}
