using System.Globalization;
using System.Text;

namespace Packit.FedoraMessaging;

/// <summary>Text of others made fit for one line of a log or an exception.</summary>
internal static class RemoteText
{
    private const int MaxLength = 300;

    /// <returns>The text without control and invisible formatting characters, at most 300 characters long.</returns>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var shown = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
                ? new Rune(' ')
                : rune;
            if (clean.Length + shown.Utf16SequenceLength > MaxLength - 1)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(shown.ToString());
        }

        return clean.ToString().Trim();
    }
}
