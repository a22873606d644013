using System.Globalization;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Answers to commands in comments.</summary>
public static class CommentTexts
{
    public static string SyntaxError(string prefix) =>
        "There appears to be a syntax error in the command provided. "
        + $"Please refer to the [Packit documentation](https://packit.dev/docs/retriggering) or use the `{prefix} help` command.";

    public static string NoCommand => "The comment holds no command.";

    public static string OfOthers(string command) => $"The command '{command}' is not one of this service's; it is left to others.";

    public static string OwnComment => "The service wrote the comment itself.";

    public static string ByProgram(string login) => $"The program {login} wrote the comment; commands are for people.";

    public static string EditedByOther(string editor, string author) =>
        $"{editor} edited the comment of {author}; what somebody writes in the name of another is no command. Give it in a comment of your own.";

    public static string CommentGone => "GitHub does not have the comment any more, so nothing was carried out.";

    public static string AuthorGone => "The account that wrote the comment is gone, so nothing was carried out.";

    public static string LineGone => "The comment does not hold the command any more, so it was not carried out.";

    public static string NothingNew => "The edit brought no command that is new.";

    public static string CarriedOut(string author, IEnumerable<string> lines) => $"Read for {author}: {string.Join("; ", lines)}";

    public static string Gave(string author, string line) => $"{author} gave the command: {line}";

    private const string Again = "\n\nThe command is tried again by itself; there is nothing to do.";

    public static string TriedAgain(string problem) => MarkdownText.Beginning(problem) + Again;

    public static string NotDone(string problem) => $"The command could not be carried out: {MarkdownText.Inline(problem)}";

    /// <summary>Answers a command that was tried until nobody believes in it any more.</summary>
    /// <param name="last">What was answered last; null when nothing was.</param>
    public static string GivenUp(string? last) =>
        $"The command could not be carried out and is not tried again; give it once more, and tell the operators of this service if that does not help.{(last is null ? "" : $"\n\n{last.Replace(Again, "", StringComparison.Ordinal)}")}";

    public static string NoRelease => "This project has no release yet, so there is nothing to propose. Publish a release first.";

    public static string NoConfig(string project, string reference) =>
        $"No config file for packit (e.g. `.packit.yaml`) found in {MarkdownText.Inline(project)} on commit {MarkdownText.Inline(reference)}";

    public static string NoJob(string tag) =>
        $"The package config of release {MarkdownText.Inline(tag)} has no `propose_downstream` job with the trigger `release` that this deployment runs.";

    public static string AllDone(string tag, IEnumerable<string> pullRequests)
    {
        var links = string.Concat(pullRequests.Select(url => string.Create(CultureInfo.InvariantCulture, $"\n- {url}")));
        return $"Release {MarkdownText.Inline(tag)} is proposed to all configured branches already; nothing was started." + links;
    }

    public static string InProgress(string tag) =>
        $"Release {MarkdownText.Inline(tag)} is being worked on already; its checks show how far it is.";
}
