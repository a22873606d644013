namespace Packit.GitHub;

/// <summary>What a check run shall show. Too long texts are cut to what GitHub accepts.</summary>
/// <param name="Name">Its identity for people and for branch protection.</param>
/// <param name="HeadSha">The commit it stands on; only used when it is created.</param>
public sealed record CheckRunDraft(string Name, string HeadSha)
{
    public CheckRunStatus Status { get; init; } = CheckRunStatus.Queued;

    /// <summary>Needed with <see cref="CheckRunStatus.Completed"/>, and only then.</summary>
    public CheckRunConclusion? Conclusion { get; init; }

    /// <summary>The link "Details".</summary>
    public Uri? DetailsUrl { get; init; }

    /// <summary>A text of our own that comes back in webhooks.</summary>
    public string? ExternalId { get; init; }

    public string? Title { get; init; }

    /// <summary>Markdown under the title.</summary>
    public string? Summary { get; init; }

    /// <summary>More Markdown, the details.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Places in files of the commit. Only used when the check run is created, and at most <see cref="CheckAnnotation.MostAtOnce"/> of them:
    /// GitHub adds those of a later call to those that are there.
    /// </summary>
    public IReadOnlyList<CheckAnnotation> Annotations { get; init; } = [];

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}
