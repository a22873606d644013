namespace Packit.Pagure;

/// <summary>A pull request to be made.</summary>
/// <param name="Title">One line.</param>
/// <param name="InitialComment">The description, Markdown.</param>
/// <param name="BranchTo">The branch that it goes to.</param>
/// <param name="BranchFrom">The branch that it comes from; must be there.</param>
/// <param name="From">Where <paramref name="BranchFrom"/> is; null when it is in the project itself.</param>
public sealed record PullRequestDraft(string Title, string InitialComment, string BranchTo, string BranchFrom, PagureProject? From = null);
