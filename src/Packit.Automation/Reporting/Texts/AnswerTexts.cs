using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>The one comment that answers the commands of a comment.</summary>
public static class AnswerTexts
{
    /// <summary>GitHub takes 65,536 characters of a comment; the rest is for hidden lines.</summary>
    private const int Longest = 60_000;

    private const int LongestLine = 200;

    /// <summary>The answer to one command stands alone; several stand below each other, each under its command.</summary>
    /// <param name="commands">The commands, in the order of the comment.</param>
    /// <returns>Null when none of them has anything to say yet.</returns>
    public static string? Of(IReadOnlyList<CommentCommand> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        // A command that was settled without an answer is one that is not spoken of.
        var told = commands.Where(command => command.Answer is not null || command.State == CommandState.Received).ToList();
        if (told.TrueForAll(command => command.Answer is null))
        {
            return null;
        }

        var room = Longest / told.Count;
        return told is [var only]
            ? Cut(only.Answer!, room)
            : string.Join("\n\n", told.Select(command => $"**{MarkdownText.Inline(Cut(command.Line, LongestLine))}**\n\n{Cut(command.Answer ?? Received, room)}"));
    }

    /// <summary>What stands in the reasons of the delivery when the answer could not be written where the command was given.</summary>
    public static string NotShown(string reason, string answer) => $"The answer could not be written as a comment: {reason} It would have been: {Cut(answer, 2000)}";

    private const string Received = "Seen; it is carried out after the one above.";

    private static string Cut(string text, int length) => text.Length > length ? text[..length] + "…" : text;
}
