using System.Collections.Frozen;

namespace Packit.Specfile;

/// <summary>The section headers that rpm knows (rpm: <c>parseSpec.c</c>).</summary>
internal static class SectionNames
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "package", "prep", "generate_buildrequires", "buildrequires", "conf", "build", "install", "check", "clean",
        "preun", "postun", "pretrans", "posttrans", "preuntrans", "postuntrans", "pre", "post",
        "files", "changelog", "description", "verifyscript", "sepolicy", "end", "patchlist", "sourcelist",
        "triggerpostun", "triggerprein", "triggerun", "triggerin", "trigger",
        "filetriggerin", "filetrigger", "filetriggerun", "filetriggerpostun",
        "transfiletriggerin", "transfiletrigger", "transfiletriggerun", "transfiletriggerpostun",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a line that begins with a percent sign is a section's header.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out string name, out string arguments)
    {
        name = arguments = "";
        var end = 1;
        while (end < line.Length && MacroSyntax.IsNameChar(line[end]))
        {
            end++;
        }

        if (end == 1 || (end < line.Length && line[end] is not (' ' or '\t' or '\r')))
        {
            return false;
        }

        if (!Names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(line[1..end], out var known)
            || line.TrimEnd(" \t\r").EndsWith('\\'))
        {
            return false;
        }

        name = known;
        arguments = line[end..].Trim(" \t\r").ToString();
        return true;
    }
}
