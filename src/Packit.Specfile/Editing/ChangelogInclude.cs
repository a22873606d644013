namespace Packit.Specfile;

/// <summary>The file that a <c>%changelog</c> section takes its entries from.</summary>
/// <param name="FileName">Its plain name; null when the spec leads anywhere else than to a file beside itself.</param>
/// <param name="Line">Where the spec includes it, from 1.</param>
public sealed record IncludedChangelog(string? FileName, int Line);

/// <summary>Finds what a <c>%changelog</c> section includes. Nothing is opened here.</summary>
internal static class ChangelogInclude
{
    private const int MaximumName = 255;

    /// <summary>Index of the line that includes a file before any entry; null when the section has entries of its own first, or none at all.</summary>
    public static int? Find(SpecText text, SpecSection section)
    {
        for (var line = section.FirstLine - 1; line < section.FirstLine - 1 + section.LineCount; line++)
        {
            var content = text.Line(line).Trim();
            if (!content.IsEmpty && content[0] != '#')
            {
                return Argument(content) is null ? null : line;
            }
        }

        return null;
    }

    /// <summary>The name of the file, with the macros of the spec.</summary>
    public static IncludedChangelog Resolve(SpecFile spec, SpecInterpreter state, int line)
    {
        var written = Argument(spec.Content.Line(line).Trim()) ?? "";
        var path = state.Value(written, line).TextOrNull?.Trim();
        var folder = state.Value("%{_sourcedir}/", line).TextOrNull;
        if (path is not null && folder is not null && path.StartsWith(folder, StringComparison.Ordinal))
        {
            path = path[folder.Length..];
        }

        return new IncludedChangelog(path is not null && IsName(path) ? path : null, line + 1);
    }

    private static string? Argument(ReadOnlySpan<char> line)
    {
        if (line.StartsWith("%include ") || line.StartsWith("%include\t"))
        {
            return line["%include".Length..].Trim().ToString();
        }

        return line.StartsWith("%(cat ") && line.EndsWith(")") ? line["%(cat ".Length..^1].Trim().ToString() : null;
    }

    private static bool IsName(string path) =>
        path.Length is > 0 and <= MaximumName && path is not ("." or "..") && !path.StartsWith('-')
        && !path.Any(static c => c is '/' or '\\' || char.IsControl(c) || char.IsWhiteSpace(c));
}
