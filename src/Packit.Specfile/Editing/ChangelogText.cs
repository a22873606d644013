using System.Globalization;
using System.Text;

namespace Packit.Specfile;

/// <summary>The text of a <c>%changelog</c> section: its entries, and how a new one is written.</summary>
internal static class ChangelogText
{
    public static IEnumerable<ChangelogEntry> Entries(SpecText text, SpecSection section)
    {
        var header = -1;
        var lines = new StringBuilder();
        for (var line = section.FirstLine - 1; line < section.FirstLine - 1 + section.LineCount; line++)
        {
            if (text.Line(line).StartsWith("*"))
            {
                if (header >= 0)
                {
                    yield return Entry();
                }

                header = line;
                lines.Clear();
            }
            else if (header >= 0 && !text.Line(line).IsWhiteSpace())
            {
                lines.Append(lines.Length > 0 ? "\n" : "").Append(text.Line(line));
            }
        }

        if (header >= 0)
        {
            yield return Entry();
        }

        ChangelogEntry Entry() => new(SpecText.Decode(text.Line(header).ToString()), SpecText.Decode(lines.ToString()), header + 1);
    }

    /// <summary>Whether a line that is no comment uses <c>%autochangelog</c>.</summary>
    public static bool UsesAutochangelog(SpecText text, SpecSection section)
    {
        for (var line = section.FirstLine - 1; line < section.FirstLine - 1 + section.LineCount; line++)
        {
            var content = text.Line(line);
            if (content.Contains("autochangelog", StringComparison.Ordinal)
                && !content.TrimStart().StartsWith("#")
                && MacroReference.IsIn(content, "autochangelog"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Escapes text for a changelog (Packit: <c>sanitize_entry</c>): a percent sign that would begin a macro is doubled, a star at the
    /// beginning of a line, which would begin an entry, gets a blank before it.
    /// </summary>
    public static string Sanitize(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '*' && (i == 0 || text[i - 1] == '\n'))
            {
                result.Append(' ');
            }

            result.Append(c);
            if (c != '%')
            {
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == '%')
            {
                result.Append('%');
                i++;
            }
            else if (i + 1 < text.Length && BeginsMacro(text[i + 1]))
            {
                result.Append('%');
            }
        }

        return result.ToString();
    }

    /// <summary>
    /// The header of a new entry, in the manner of the ones that are there: a day below ten is padded as they do it, and the time is
    /// written when the newest one has a time.
    /// </summary>
    public static string Header(IReadOnlyCollection<string> headers, DateOnly date, TimeOnly time, string author, string evr)
    {
        var padding = "0";
        if (headers.Count > 0)
        {
            padding = "";
            foreach (var header in headers)
            {
                var candidate = ChangelogDate.Padding(header);
                padding = candidate.Length > padding.Length ? candidate : padding;
            }
        }

        var number = date.Day.ToString(CultureInfo.InvariantCulture);
        var day = padding switch
        {
            [.. var before, '0'] => before + number.PadLeft(2, '0'),
            [.. var before, ' '] => before + number.PadLeft(2),
            _ => number,
        };
        var clock = headers.Count > 0 && ChangelogDate.HasTime(headers.First())
            ? time.ToString(" HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"* {ChangelogDate.Weekday(date)} {ChangelogDate.Month(date)} {day}{clock} {date.Year:0000} {author} - {evr}");
    }

    private static bool BeginsMacro(char c) => char.IsLetterOrDigit(c) || c is '_' or '{' or '[' or '(' or '?' or '!' or '*' or '#' or '-';
}
