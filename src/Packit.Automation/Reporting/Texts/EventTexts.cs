namespace Packit.Automation.Reporting.Texts;

/// <summary>Why an event concerns nobody here, or cannot be read: the outcomes of deliveries that are decided at a glance. Plain text.</summary>
public static class EventTexts
{
    public const string NoConfigInPush = "Only a push of commits to a branch can bring a package config.";

    public const string PushNoCommit = "The push names something that is not a commit.";

    public const string ConfigNotInPush = "The push does not touch the package config.";

    public const string RerunByProgram = "A program asked for the check to run again.";

    public const string CheckNoCommit = "The check is on something that is not a commit.";

    public const string PullRequestNoCommit = "The pull request names something that is not a commit.";

    public const string AuthorGone = "The account that wrote the comment is gone.";

    public const string TextUnchanged = "The edit did not change the text of the comment.";

    public const string NoCommand = "The comment holds no command.";

    public const string NoInstallation = "The delivery names no installation of the App.";

    public const string BadRepositoryName = "The repository has a name that GitHub does not allow.";

    public const string BadOldRepositoryName = "The repository had a name that GitHub does not allow.";

    public const string BadRepositoryPage = "The address of the repository is not that of a web page.";

    public const string BadAccount = "The delivery names an account that GitHub does not allow.";

    public const string PushToFork = "The push went to a fork.";

    public const string PullRequestOfFork = "The pull request is one of a fork.";

    public const string BadDistGitName = "The repository has a name that Pagure does not allow.";

    public const string BadPullRequest = "The pull request has a repository or a number that Pagure does not allow.";

    public const string ByReleaseEngineering = "Release engineering built it.";

    public static string NothingReacts(string eventType) => $"Nothing reacts to this kind of '{eventType}'.";

    public static string TaskNoBuild(string method) => $"A task of the kind '{method}' is not a build.";

    public static string BuildNoRpm(string method) => $"A task of the kind '{method}' does not build an rpm.";
}
