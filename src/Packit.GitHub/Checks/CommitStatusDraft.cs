using System.Text.Json.Serialization;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>A commit status: the plain form of a check, for when check runs are not permitted.</summary>
/// <param name="Context">Its identity; the same context on the same commit replaces the older status.</param>
public sealed record CommitStatusDraft(string Context, CommitState State)
{
    /// <summary>Cut to 140 characters, GitHub's limit.</summary>
    public string? Description { get; init; }

    public Uri? TargetUrl { get; init; }
}

[JsonConverter(typeof(WireEnumConverter<CommitState>))]
public enum CommitState
{
    Pending,
    Success,
    Failure,
    Error,
}

internal sealed record CommitStatusBody(CommitState State, string Context, string? Description, Uri? TargetUrl)
{
    private const int MaxDescription = 140;

    public static CommitStatusBody Of(CommitStatusDraft draft) =>
        new(draft.State, draft.Context, Limits.Cut(draft.Description, MaxDescription), draft.TargetUrl);
}
