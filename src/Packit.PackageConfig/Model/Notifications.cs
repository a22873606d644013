namespace Packit.PackageConfig;

/// <summary>What users are told (<c>notifications</c>).</summary>
/// <param name="SuccessfulBuild">Comment on pull requests after a build in Copr.</param>
/// <param name="FailureIssueCreate">Open an upstream issue when a release cannot be brought to dist-git.</param>
/// <param name="FailureCommentMessage">Text added to failure comments and issues; null for none.</param>
public sealed record Notifications(bool SuccessfulBuild, bool FailureIssueCreate, string? FailureCommentMessage)
{
    /// <summary>What applies when the file says nothing.</summary>
    public static Notifications Default { get; } = new(SuccessfulBuild: false, FailureIssueCreate: true, FailureCommentMessage: null);
}
