using System.Buffers;
using System.Text;

namespace Packit.Koji;

/// <summary>
/// Makes text fit for XML 1.0: a character that it does not know becomes U+FFFD. The hub copies texts of others (changelogs, logs) into
/// its answers and escapes only the characters of mark-up, so one stray control character would spoil a whole answer.
/// </summary>
internal static class Printable
{
    private static readonly SearchValues<char> Unfit = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(static code => (char)code).Except(['\t', '\n', '\r']), '\uFFFE', '\uFFFF']);

    /// <summary>Decodes UTF-8; bytes that are none become U+FFFD as well.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8) =>
        Clean(Encoding.UTF8.GetString(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8));

    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Unfit) && !HasLoneSurrogate(text))
        {
            return text;
        }

        var fit = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            fit.Append(rune.IsBmp && Unfit.Contains((char)rune.Value) ? "\uFFFD" : rune.ToString());
        }

        return fit.ToString();
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
            {
                continue;
            }

            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return true;
            }

            at++;
        }

        return false;
    }
}
