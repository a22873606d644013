using System.Linq.Expressions;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>How far one build is.</summary>
public sealed record BuildState
{
    public required int TargetId { get; init; }

    public required string Package { get; init; }

    public required string Branch { get; init; }

    public required string CommitSha { get; init; }

    /// <summary>Name, version and release; null before the spec was read.</summary>
    public required string? Nvr { get; init; }

    public required bool Scratch { get; init; }

    public required KojiBuildStatus Status { get; init; }

    public required long? TaskId { get; init; }

    /// <summary>Page of the task or the build in Koji.</summary>
    public required string? WebUrl { get; init; }

    public required DateTimeOffset SubmittedTime { get; init; }

    public required DateTimeOffset? BuildStartTime { get; init; }

    public required DateTimeOffset? BuildFinishedTime { get; init; }

    public required DateTimeOffset? FinishedTime { get; init; }

    public required DateTimeOffset? NextAttemptAt { get; init; }

    public required FailureKind? FailureKind { get; init; }

    public required string? FailureCode { get; init; }

    public required string? Message { get; init; }

    public required string? FailedArch { get; init; }

    /// <summary>The latest update made of it; null when there is none.</summary>
    public required UpdateState? Update { get; init; }

    internal static Expression<Func<KojiBuildTarget, BuildState>> Of { get; } = build => new BuildState
    {
        TargetId = build.Id,
        Package = build.Group.DownstreamPackage,
        Branch = build.Branch,
        CommitSha = build.CommitSha,
        Nvr = build.Nvr,
        Scratch = build.Scratch,
        Status = build.Status,
        TaskId = build.TaskId,
        WebUrl = build.WebUrl,
        SubmittedTime = build.SubmittedTime,
        BuildStartTime = build.BuildStartTime,
        BuildFinishedTime = build.BuildFinishedTime,
        FinishedTime = build.FinishedTime,
        NextAttemptAt = build.NextAttemptAt,
        FailureKind = build.FailureKind,
        FailureCode = build.FailureCode,
        Message = build.Message,
        FailedArch = build.FailedArch,
        Update = build.Updates.AsQueryable().OrderByDescending(update => update.Id).Select(UpdateState.Of).FirstOrDefault(),
    };
}
