using System.Diagnostics;
using System.Globalization;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Answers to lines that were meant as commands and are none that can be carried out where they stand. Markdown, the same on every forge.</summary>
public static class CommandLineTexts
{
    /// <summary>The command that proves an account; its mistakes have an answer of their own.</summary>
    private const string VerifyFas = "verify-fas";

    public static string SyntaxError(ReadLine.SyntaxError line, string prefix, CommandPlace place)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Name == VerifyFas && place == CommandPlace.ApprovalIssue
            ? $"Incorrect format of the Packit verification comment command. The expected format: `{prefix} verify-fas my-fas-account`"
            : $"{CommentTexts.SyntaxError(prefix)}\n\n{Quoted(line)}: {line.Reason}";
    }

    public static string HiddenCharacters(ReadLine.HiddenCharacters line) =>
        $"{Quoted(line)}: This line holds characters that nobody can see, so it may say something else than it seems to. It was not carried out. "
        + "Such characters come along when text is copied from elsewhere: type the command again by hand, in a new comment.";

    public static string TooMany(ReadLine.TooMany line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var rest = line.Count == 1 ? "One more was" : string.Create(CultureInfo.InvariantCulture, $"{line.Count} more were");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Only {CommentReader.MostCommands} commands of a comment count. {rest} not carried out, from {Quoted(line)} on. Give them in a new comment.");
    }

    /// <summary>A command that was understood and does not work in this place.</summary>
    public static string WorksElsewhere(Command command, string prefix)
    {
        ArgumentNullException.ThrowIfNull(command);
        var rule = CommandGrammar.Find(command.Name) ?? throw new UnreachableException();
        return rule.Places.Count == 0
            ? $"Nothing was started by `{rule.Name}`. {rule.Meaning}"
            : $"The command `{rule.Name}` does nothing here. It works {Joined(rule.Places.Select(Where))}. `{prefix} help` shows what works here.";
    }

    /// <summary>A place, to stand behind "works".</summary>
    public static string Where(CommandPlace place) => place switch
    {
        CommandPlace.UpstreamIssue => "in issues of the upstream project",
        CommandPlace.UpstreamPullRequest => "in pull requests of the upstream project",
        CommandPlace.ApprovalIssue => "in the issue in which an account asks to be approved",
        CommandPlace.DistGitPullRequest => "in pull requests of dist-git",
    };

    /// <summary>The line itself, so that of several the right one is looked at.</summary>
    private static string Quoted(ReadLine line) => $"\"{MarkdownText.Inline(line.Line)}\"";

    private static string Joined(IEnumerable<string> places) => string.Join(" and ", places);
}
