using System.Buffers;
using System.Text;
using Packit.Automation.Reporting.Texts;

namespace Packit.Automation.Comments.Grammar;

/// <summary>
/// Characters that nobody sees: of no width, for the direction of writing, controls, line ends that are none to others. With them a line can say something else
/// than it seems to. A tab is seen as white space.
/// </summary>
internal static class InvisibleText
{
    // Letters and marks that fonts show as nothing, beside those that Unicode calls formats (Unicode: Default_Ignorable_Code_Point; the empty braille cell).
    private static readonly SearchValues<char> Ignorable =
        SearchValues.Create("\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2800\u3164\uFE00\uFE01\uFE02\uFE03\uFE04\uFE05\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B\uFE0C\uFE0D\uFE0E\uFE0F\uFFA0");

    /// <summary>Whether a character is one that nobody sees.</summary>
    public static bool IsInvisible(Rune rune) =>
        rune.Value is '\r' || MarkdownText.IsHidden(rune) || (rune.IsBmp && Ignorable.Contains((char)rune.Value));

    /// <summary>Whether there is any in a line.</summary>
    public static bool IsIn(ReadOnlySpan<char> line)
    {
        foreach (var rune in line.EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A line as it seems to be: what could be taken for white space is a blank, and the rest is not there.</summary>
    public static string Without(string line)
    {
        if (!IsIn(line))
        {
            return line;
        }

        var seen = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                seen.Append(' ');
            }
            else if (!IsInvisible(rune))
            {
                seen.Append(rune);
            }
        }

        return seen.ToString();
    }
}
