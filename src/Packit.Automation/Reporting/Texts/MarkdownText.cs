using System.Globalization;
using System.Net;
using System.Text;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Puts text of others into Markdown so that it stays text: no markup, no mention, no command, no hidden characters.</summary>
public static class MarkdownText
{
    private const string Special = @"\`*[]<>|~&";

    /// <summary>One line of foreign text inside a sentence.</summary>
    public static string Inline(string text)
    {
        text = Visible(text);
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (Special.Contains(character, StringComparison.Ordinal) || (character == '_' && !IsInsideWord(text, i)))
            {
                escaped.Append('\\');
            }

            escaped.Append(character is '\n' or '\r' or '\t' ? ' ' : character);
            if (character == '@')
            {
                // A zero-width joiner after the sign keeps the reader's eye and stops the notification.
                escaped.Append('\u2060');
            }
        }

        return escaped.ToString();
    }

    /// <summary>Foreign text of several lines, in a fence that it cannot close.</summary>
    public static string Fenced(string text)
    {
        var clean = Visible(text).TrimEnd();
        var fence = new string('`', Math.Max(3, LongestRun(clean, '`') + 1));
        return $"{fence}\n{clean}\n{fence}";
    }

    /// <summary>Foreign text inside HTML, such as a cell of a table: nothing hidden, and no mentions. Its lines end with <c>\n</c>.</summary>
    public static string Html(string text) =>
        WebUtility.HtmlEncode(Visible(text)).Replace("@", "@\u2060", StringComparison.Ordinal).ReplaceLineEndings("\n");

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
