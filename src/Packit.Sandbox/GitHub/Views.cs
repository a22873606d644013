namespace Packit.Sandbox.GitHub;

/// <summary>One state that a check run showed.</summary>
/// <param name="Conclusion">Null while it is not completed.</param>
public sealed record CheckRunMoment(string Status, string? Conclusion, string? Title, DateTimeOffset At);

/// <summary>A check run as it stands.</summary>
/// <param name="History">Each state that was shown, oldest first; the last one is the current one.</param>
public sealed record CheckRunView(
    long Id, string Name, string HeadSha, string Status, string? Conclusion, string? DetailsUrl, string? ExternalId,
    string? Title, string? Summary, string? Text, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, IReadOnlyList<CheckRunMoment> History)
{
    /// <summary>Remarks beside lines of files.</summary>
    public IReadOnlyList<CheckAnnotation> Annotations { get; init; } = [];

    /// <summary>The slug of the App that made it.</summary>
    public string App { get; init; } = "";
}

/// <summary>A remark of a check run beside a line of a file.</summary>
/// <param name="Level">notice, warning or failure.</param>
public sealed record CheckAnnotation(
    string Path, int StartLine, int EndLine, int? StartColumn, int? EndColumn, string Level, string Message, string? Title);

/// <summary>A commit status as it was set; a later one of the same context stands over it.</summary>
public sealed record CommitStatusView(string Sha, string Context, string State, string? Description, string? TargetUrl);

/// <summary>An issue with its comments, oldest first.</summary>
public sealed record IssueView(
    int Number, string Title, string? Body, string State, string Author, DateTimeOffset CreatedAt,
    IReadOnlyList<CommentView> Comments, IReadOnlyList<ReactionView> Reactions);

/// <summary>A comment to an issue, or to a commit when <paramref name="Sha"/> is set.</summary>
public sealed record CommentView(
    long Id, string Author, string Body, string? Sha, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<ReactionView> Reactions);

/// <summary>Somebody's reaction, such as <c>eyes</c>.</summary>
public sealed record ReactionView(string Author, string Content);

/// <summary>One attempt to deliver a webhook.</summary>
/// <param name="DeliveryId">The GUID in <c>X-GitHub-Delivery</c>: the same for each attempt.</param>
/// <param name="StatusCode">What the receiver answered; 0 when there was no answer.</param>
/// <param name="Payload">The body that was sent.</param>
/// <param name="Answer">The body of the answer.</param>
public sealed record DeliveryView(
    long Id, string DeliveryId, string Event, string? Action, bool Redelivery, int StatusCode, DateTimeOffset DeliveredAt, string Payload, string Answer);
