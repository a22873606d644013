using System.Text;

namespace Packit.Automation.Storage;

/// <summary>Foreign text on its way into the database. PostgreSQL takes neither the zero character nor half a character.</summary>
internal static class StoredText
{
    /// <summary>The text with U+FFFD in the place of what cannot be stored.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        var stored = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            stored.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return stored.ToString();
    }
}
