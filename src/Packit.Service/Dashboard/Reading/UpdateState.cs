using System.Linq.Expressions;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>How far one update is.</summary>
public sealed record UpdateState
{
    public required int TargetId { get; init; }

    public required string Package { get; init; }

    public required string Branch { get; init; }

    /// <summary>The builds, separated by spaces.</summary>
    public required string Nvrs { get; init; }

    /// <summary>How far creating it is.</summary>
    public required BodhiUpdateStatus Status { get; init; }

    /// <summary>Where it is in Bodhi; null before there is one.</summary>
    public required BodhiUpdateState? Place { get; init; }

    public required string? Request { get; init; }

    public required string? Alias { get; init; }

    public required string? WebUrl { get; init; }

    public required string? CandidateTag { get; init; }

    public required DateTimeOffset? TaggedAt { get; init; }

    public required int? Karma { get; init; }

    public required string? Gating { get; init; }

    public required DateTimeOffset SubmittedTime { get; init; }

    public required DateTimeOffset? FinishedTime { get; init; }

    public required DateTimeOffset? CreationTime { get; init; }

    public required DateTimeOffset? TestingTime { get; init; }

    public required DateTimeOffset? StableTime { get; init; }

    public required DateTimeOffset? NextAttemptAt { get; init; }

    public required FailureKind? FailureKind { get; init; }

    public required string? FailureCode { get; init; }

    public required string? Message { get; init; }

    internal static Expression<Func<BodhiUpdateTarget, UpdateState>> Of { get; } = update => new UpdateState
    {
        TargetId = update.Id,
        Package = update.Group.DownstreamPackage,
        Branch = update.Branch,
        Nvrs = update.KojiNvrs,
        Status = update.Status,
        Place = update.UpdateState,
        Request = update.UpdateRequest,
        Alias = update.Alias,
        WebUrl = update.WebUrl,
        CandidateTag = update.CandidateTag,
        TaggedAt = update.TaggedAt,
        Karma = update.Karma,
        Gating = update.Gating,
        SubmittedTime = update.SubmittedTime,
        FinishedTime = update.FinishedTime,
        CreationTime = update.UpdateCreationTime,
        TestingTime = update.TestingTime,
        StableTime = update.StableTime,
        NextAttemptAt = update.NextAttemptAt,
        FailureKind = update.FailureKind,
        FailureCode = update.FailureCode,
        Message = update.Message,
    };
}
