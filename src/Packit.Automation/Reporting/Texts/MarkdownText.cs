using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Puts text of others into Markdown so that it stays text: no markup, no mention, no command, no hidden characters.</summary>
public static class MarkdownText
{
    private static readonly SearchValues<char> CommandLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private const string Special = @"\`*[]<>|~&";

    /// <summary>A word joiner: nobody sees it, and it keeps forges from reading a sign and what follows as a mention or a reference.</summary>
    private const char Joiner = '\u2060';

    /// <summary>Most characters that are taken over into a sentence, a cell of a table, and a block.</summary>
    private const int MostInSentence = 4_000, MostInCell = 8_000, MostInBlock = 50_000;

    /// <summary>One line of foreign text inside a sentence.</summary>
    public static string Inline(string text)
    {
        text = Cut(Visible(text), MostInSentence);
        if (BeginsLikeCommand(text))
        {
            // A sentence may begin with it, and a line that begins with the word of a command is one to every service that reads it.
            text = $"“{text}”";
        }

        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (Special.Contains(character, StringComparison.Ordinal) || (character == '_' && !IsInsideWord(text, i)))
            {
                escaped.Append('\\');
            }

            escaped.Append(character is '\n' or '\r' or '\t' ? ' ' : character);
            if (character == '@' || IsReference(text, i))
            {
                // After the sign it keeps the reader's eye and stops the notification.
                escaped.Append(Joiner);
            }
        }

        return escaped.ToString();
    }

    /// <summary>A foreign name as code inside a sentence: it cannot end the code.</summary>
    public static string Code(string text) =>
        $"`{Cut(Visible(text), MostInSentence).Replace('`', '\'').Replace('\t', ' ').ReplaceLineEndings(" ")}`";

    /// <summary>Foreign text of several lines, in a fence that it cannot close.</summary>
    public static string Fenced(string text)
    {
        var clean = Cut(Visible(text), MostInBlock).TrimEnd();
        var fence = new string('`', Math.Max(3, LongestRun(clean, '`') + 1));
        return $"{fence}\n{clean}\n{fence}";
    }

    /// <summary>Foreign text inside HTML, such as a cell of a table: nothing hidden, and no mentions. Its lines end with <c>\n</c>.</summary>
    public static string Html(string text)
    {
        text = Cut(Visible(text), MostInCell);
        var joined = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            joined.Append(text[i]);
            if (text[i] == '@' || IsReference(text, i))
            {
                joined.Append(Joiner);
            }
        }

        // Encoded last: the joiner stays a character, and numbers of entities are no references.
        return WebUtility.HtmlEncode(joined.ToString()).ReplaceLineEndings("\n");
    }

    /// <summary>Foreign text without control characters (line ends and tabs stay), direction marks and whatever else nobody sees.</summary>
    public static string Visible(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsHidden(rune))
            {
                visible.Append(rune);
            }
        }

        return visible.ToString();
    }

    /// <summary>Whether forges would read the sign and what follows as the number of an issue: <c>#1</c>, <c>owner/name#1</c>, <c>GH-1</c>.</summary>
    private static bool IsReference(string text, int index) => index + 1 < text.Length && char.IsAsciiDigit(text[index + 1])
        && (text[index] == '#' || (text[index] == '-' && index >= 2 && text.AsSpan(index - 2, 2).Equals("GH", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether the first word is a slash and a name, and others follow; a path has more slashes.</summary>
    private static bool BeginsLikeCommand(string text)
    {
        var words = text.TrimStart();
        var end = words.AsSpan().IndexOfAny(" \t\n\r");
        return end > 1 && words[0] == '/' && !words.AsSpan(1, end - 1).ContainsAnyExcept(CommandLetters);
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, most - (char.IsHighSurrogate(text[most - 1]) ? 1 : 0)), "…");

    // foo_bar is no emphasis, and reads better without a backslash.
    private static bool IsInsideWord(string text, int index) =>
        index > 0 && index < text.Length - 1 && char.IsLetterOrDigit(text[index - 1]) && char.IsLetterOrDigit(text[index + 1]);

    private static int LongestRun(string text, char wanted)
    {
        int longest = 0, run = 0;
        foreach (var character in text)
        {
            run = character == wanted ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    // Control characters, direction marks, zero-width characters and tags can make a text look like another one.
    internal static bool IsHidden(Rune rune) =>
        (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            && rune.Value is not ('\n' or '\r' or '\t'))
        || rune.Value is >= 0xE0000 and <= 0xE0FFF;
}
