using System.Text;

namespace Packit.Specfile;

/// <summary>Why a piece of expanded text is not known.</summary>
/// <param name="Reason">For people: <c>needs a shell: %(date)</c>.</param>
/// <param name="Written">How the piece is written in the spec.</param>
/// <param name="Line">Index of the line it stands in.</param>
internal sealed record UnknownPiece(string Reason, string Written, int Line);

/// <summary>
/// Pieces of text that only a run of rpm could tell. Each is one character of Unicode's private area within otherwise one-byte
/// text, so that it travels through definitions, conditions and concatenations to whatever value depends on it.
/// </summary>
internal sealed class UnknownText
{
    private const char First = '\uE000';
    private const char Last = '\uF8FF';

    private readonly List<UnknownPiece> _pieces = [];

    public char Add(string reason, string written, int line)
    {
        if (_pieces.Count > Last - First)
        {
            return Last;
        }

        _pieces.Add(new UnknownPiece(reason, written.Length > 200 ? written[..200] + "..." : written, line));
        return (char)(First + _pieces.Count - 1);
    }

    public static bool IsIn(ReadOnlySpan<char> text) => text.ContainsAnyInRange(First, Last);

    /// <summary>The first unknown piece of a text that has one.</summary>
    public UnknownPiece FirstIn(ReadOnlySpan<char> text) => _pieces[text[text.IndexOfAnyInRange(First, Last)] - First];

    /// <summary>The text with the unknown pieces as they are written in the spec.</summary>
    public string Written(string text)
    {
        if (!IsIn(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 100);
        foreach (var c in text)
        {
            if (c is >= First and <= Last)
            {
                result.Append(Plain(_pieces[c - First].Written));
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static string Plain(string written) => IsIn(written) ? "(...)" : written;
}
