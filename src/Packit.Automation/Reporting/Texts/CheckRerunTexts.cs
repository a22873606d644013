namespace Packit.Automation.Reporting.Texts;

/// <summary>What people read who want a check to run again.</summary>
public static class CheckRerunTexts
{
    public const string OtherApp = "The check belongs to another App.";

    public const string NotKnown = "This service did not make the check.";

    public const string InProgress = "The branch is being worked on already. Its end shows here; run the check again if it does not succeed.";

    public const string ConfigGone =
        "The package config of the release cannot be read any more. Correct it, and make a new release.";

    public const string CommitGone = "GitHub does not show the commit any more. Push it again, or push a new one.";

    /// <summary>The note in the check.</summary>
    /// <param name="login">Who asked.</param>
    /// <param name="reason">Markdown.</param>
    public static string NotDone(string login, string reason) => $"**Not run again**, as {MarkdownText.Inline(login)} asked: {reason}";

    public static string Started(string login, string branch) => $"{login} asked for {branch} to be proposed again.";

    public static string ConfigRead(string login, string title) => $"{login} asked for the package config to be read again: {title}";

    public static string TagGone(string tag) =>
        $"The tag {MarkdownText.Inline(tag)} is not in the repository any more, so there is nothing to propose. Make a new release.";

    public static string TagMoved(string tag, string commit) =>
        $"The tag {MarkdownText.Inline(tag)} points to commit {commit} now, and this check is about another one. "
        + "Run the checks of that commit again, or ask for the release with the command `propose-downstream` in an issue.";

    public static string NoBranch(string branch) =>
        $"The branch {MarkdownText.Inline(branch)} is not among those of the job today (`dist_git_branches`), or its release has ended.";

    public static string NoJob(string reason) => $"The job does not run for this release: {MarkdownText.Inline(reason)}";
}
