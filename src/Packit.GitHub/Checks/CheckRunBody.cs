namespace Packit.GitHub;

/// <summary>The body of a check run on the wire.</summary>
internal sealed record CheckRunBody(
    string Name,
    string? HeadSha,
    CheckRunStatus Status,
    CheckRunConclusion? Conclusion,
    Uri? DetailsUrl,
    string? ExternalId,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    CheckRunOutput? Output)
{
    private const int MaxText = 65_535;
    private const int MaxTitle = 255;

    public static CheckRunBody Of(CheckRunDraft draft, bool create) => new(
        draft.Name,
        create ? draft.HeadSha : null,
        draft.Status,
        draft.Conclusion,
        draft.DetailsUrl,
        draft.ExternalId,
        draft.StartedAt,
        draft.CompletedAt,
        // GitHub takes an output only with both title and summary.
        draft.Title is { } title
            ? new CheckRunOutput(Limits.Cut(title, MaxTitle), Limits.Cut(draft.Summary ?? "", MaxText), Limits.Cut(draft.Text, MaxText))
            : null);
}
