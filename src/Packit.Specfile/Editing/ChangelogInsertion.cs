namespace Packit.Specfile;

/// <summary>Puts an entry at the top of a changelog: lines of a <c>%changelog</c> section, or a file of its own.</summary>
internal static class ChangelogInsertion
{
    /// <summary>
    /// The edit that adds an entry before the newest one, with an empty line between them, or as the only one at the end of the lines.
    /// </summary>
    public static TextEdit At(SpecText content, int first, int count, string lineEnd, string header, string text)
    {
        var end = first + count;
        var line = first;
        while (line < end && !content.Line(line).StartsWith("*"))
        {
            line++;
        }

        var entry = string.Concat(header, lineEnd, text.Replace("\n", lineEnd, StringComparison.Ordinal), lineEnd);
        if (line < end)
        {
            entry += lineEnd;
        }

        var at = content.Start(line);
        if (at > 0 && content.Text[at - 1] != '\n')
        {
            entry = lineEnd + entry;
        }

        return new TextEdit(new TextRange(at, at), entry);
    }

    /// <summary>The headers of the entries, newest first, as written.</summary>
    public static List<string> Headers(SpecText text, int first, int count)
    {
        var headers = new List<string>();
        for (var line = first; line < first + count; line++)
        {
            if (text.Line(line).StartsWith("*"))
            {
                headers.Add(text.Line(line).ToString());
            }
        }

        return headers;
    }
}
