using System.Text;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Puts text of others into Markdown so that it stays text: no markup, no mention, no command, no hidden characters.</summary>
public static class MarkdownText
{
    private const string Special = @"\`*[]<>|~&";

    /// <summary>One line of foreign text inside a sentence.</summary>
    public static string Inline(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (IsHidden(character))
            {
                continue;
            }

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
        ArgumentNullException.ThrowIfNull(text);
        var clean = new string([.. text.Where(character => character == '\n' || !IsHidden(character))]).TrimEnd();
        var fence = new string('`', Math.Max(3, LongestRun(clean, '`') + 1));
        return $"{fence}\n{clean}\n{fence}";
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

    // Control characters, direction marks and zero-width characters can make a text look like another one.
    private static bool IsHidden(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\r' or '\t'))
        || character is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2069') or '\uFEFF';
}
