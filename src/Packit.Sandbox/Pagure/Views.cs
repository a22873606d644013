namespace Packit.Sandbox.Pagure;

/// <summary>A pull request as it stands, with what it would bring (or brought) into its target branch.</summary>
/// <param name="Branch">The target branch.</param>
/// <param name="BranchFrom">The working branch in the source repository.</param>
/// <param name="Status">Open, Merged or Closed.</param>
/// <param name="CommitStop">The head commit.</param>
/// <param name="Commits">Newest first.</param>
/// <param name="Diff">The text of the whole difference.</param>
public sealed record PullRequestView(
    int Id, string Title, string Branch, string BranchFrom, string Source, string Author, string Status, string? InitialComment, string Url,
    string? CommitStop, IReadOnlyList<PullRequestComment> Comments, IReadOnlyList<CommitView> Commits, string Diff, IReadOnlyList<FlagView> Flags);

/// <param name="Notification">Written by Pagure itself.</param>
public sealed record PullRequestComment(int Id, string Author, string Text, bool Notification);

/// <summary>One commit.</summary>
public sealed record CommitView(string Sha, string Message, string Author, string AuthorEmail)
{
    public string Title => Message.Split('\n', 2)[0];
}

/// <summary>A CI result on a commit.</summary>
public sealed record FlagView(string Uid, string Username, string Status, string Comment, string Url, string Commit);
