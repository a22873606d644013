namespace Packit.Specfile;

/// <summary>The upstream spec with the changelog of the dist-git spec (Packit: <c>set_specfile_content</c>).</summary>
internal static class SpecMerge
{
    /// <summary>
    /// All sections come from upstream, except that <c>%changelog</c> has the lines of dist-git's. One that upstream does not have
    /// is put at the end.
    /// </summary>
    public static SpecFile Merge(SpecFile upstream, SpecFile distGit)
    {
        var ours = distGit.Sections.FirstOrDefault(static section => section.IsChangelog);
        var theirs = upstream.Sections.FirstOrDefault(static section => section.IsChangelog);
        var text = upstream.Content.Text;
        var lines = ours is null ? "" : Lines(distGit.Content, ours);
        string merged;
        if (theirs is not null)
        {
            var range = Range(upstream.Content, theirs);
            var before = text[..range.Start];
            if (lines.Length > 0 && !before.EndsWith('\n'))
            {
                before += "\n";
            }

            if (lines.Length > 0 && !lines.EndsWith('\n') && range.End < text.Length)
            {
                lines += "\n";
            }

            merged = string.Concat(before, lines, text.AsSpan(range.End));
        }
        else if (ours is not null)
        {
            var header = distGit.Content.Line(ours.HeaderLine - 1);
            merged = string.Concat(text, text.Length == 0 || text.EndsWith('\n') ? "\n" : "\n\n", header, string.Concat("\n", lines));
        }
        else
        {
            return upstream;
        }

        return merged == text ? upstream : SpecFile.FromText(merged);
    }

    private static TextRange Range(SpecText text, SpecSection section) =>
        new(text.Start(section.FirstLine - 1), text.Start(section.FirstLine - 1 + section.LineCount));

    private static string Lines(SpecText text, SpecSection section) => Range(text, section).Of(text.Text);
}
