using System.Text;

namespace Packit.Specfile;

/// <summary>
/// The text of a spec, one character for each byte (Latin-1), so that any bytes survive; and where its lines begin.
/// Text for people and text from people is UTF-8: <see cref="Decode"/>, <see cref="Encode"/>.
/// </summary>
internal sealed class SpecText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private readonly int[] _starts;

    public SpecText(string text)
    {
        Text = text;
        _starts = FindLines(text);
    }

    public string Text { get; }

    /// <summary>Number of lines; a line end at the end of the file begins no further line.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Where line <paramref name="index"/> begins; for the number of lines, the end of the text.</summary>
    public int Start(int index) => _starts[index];

    /// <summary>Where line <paramref name="index"/> ends, before its line end.</summary>
    public int End(int index)
    {
        var start = _starts[index];
        var end = _starts[index + 1];
        if (end > start && Text[end - 1] == '\n')
        {
            end--;
            if (end > start && Text[end - 1] == '\r')
            {
                end--;
            }
        }

        return end;
    }

    /// <summary>The line without its line end.</summary>
    public ReadOnlySpan<char> Line(int index)
    {
        var start = _starts[index];
        return Text.AsSpan(start, End(index) - start);
    }

    /// <summary>The line end of line <paramref name="index"/>, empty at the end of a file without one.</summary>
    public ReadOnlySpan<char> LineEnd(int index) => Text.AsSpan(End(index), _starts[index + 1] - End(index));

    /// <summary>The indices of the lines that a piece of the text touches.</summary>
    public IEnumerable<int> LinesOf(TextRange range)
    {
        var found = Array.BinarySearch(_starts, range.Start);
        var first = found < 0 ? ~found - 1 : found;
        for (var line = first; line < Count && (line == first || _starts[line] < range.End); line++)
        {
            yield return line;
        }
    }

    /// <summary>The line for a message: decoded and cut to a sensible length.</summary>
    public string Shown(int index)
    {
        if (index < 0 || index >= Count)
        {
            return "";
        }

        var line = Line(index);
        return Decode(line.Length > 400 ? string.Concat(line[..400], "...") : line.ToString());
    }

    public static string Decode(string text) =>
        System.Text.Ascii.IsValid(text) ? text : Utf8.GetString(Encoding.Latin1.GetBytes(text));

    public static string Encode(string text) =>
        System.Text.Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Utf8.GetBytes(text));

    private static int[] FindLines(string text)
    {
        var count = text.AsSpan().Count('\n') + (text.Length > 0 && text[^1] != '\n' ? 1 : 0);
        var starts = new int[count + 1];
        var position = 0;
        for (var line = 1; line < count; line++)
        {
            position = text.IndexOf('\n', position) + 1;
            starts[line] = position;
        }

        starts[count] = text.Length;
        return starts;
    }
}
