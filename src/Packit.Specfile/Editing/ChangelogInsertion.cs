namespace Packit.Specfile;

/// <summary>Puts an entry at the top of a <c>%changelog</c> section.</summary>
internal static class ChangelogInsertion
{
    /// <summary>
    /// The edit that adds an entry before the newest one, with an empty line between them, or as the only one at the section's end.
    /// </summary>
    public static TextEdit At(SpecFile spec, SpecSection section, string header, string text)
    {
        var content = spec.Content;
        var end = section.FirstLine - 1 + section.LineCount;
        var line = section.FirstLine - 1;
        while (line < end && !content.Line(line).StartsWith("*"))
        {
            line++;
        }

        var lineEnd = content.LineEnd(section.HeaderLine - 1) is "\r\n" ? "\r\n" : "\n";
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

    /// <summary>The headers of a section's entries, newest first, as written.</summary>
    public static List<string> Headers(SpecText text, SpecSection section)
    {
        var headers = new List<string>();
        for (var line = section.FirstLine - 1; line < section.FirstLine - 1 + section.LineCount; line++)
        {
            if (text.Line(line).StartsWith("*"))
            {
                headers.Add(text.Line(line).ToString());
            }
        }

        return headers;
    }
}
