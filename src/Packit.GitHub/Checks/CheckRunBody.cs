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
    CheckRunOutputBody? Output)
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
            ? new CheckRunOutputBody(
                Limits.Cut(title, MaxTitle), Limits.Cut(draft.Summary ?? "", MaxText), Limits.Cut(draft.Text, MaxText),
                create && draft.Annotations.Count > 0 ? [.. draft.Annotations.Take(CheckAnnotation.MostAtOnce)] : null)
            : null);
}

/// <summary>The output of a check run on its way to GitHub.</summary>
internal sealed record CheckRunOutputBody(string Title, string Summary, string? Text, IReadOnlyList<CheckAnnotation>? Annotations);
