namespace Packit.Service.Dashboard.Words;

/// <summary>A line of a unified diff and what it is; the kind is its style's name.</summary>
public sealed record DiffLine(string Kind, string Text);

/// <summary>A unified diff for showing.</summary>
/// <param name="Lines">Its lines, from the first.</param>
/// <param name="IsCut">Whether there are more.</param>
public sealed record DiffLines(IReadOnlyList<DiffLine> Lines, bool IsCut)
{
    // Keeps a page with a rewritten changelog at a size that a telephone likes.
    private const int MaximumLines = 600;
    private const int MaximumCharacters = 40_000;

    public static DiffLines Of(string diff)
    {
        ArgumentNullException.ThrowIfNull(diff);
        List<DiffLine> lines = [];
        var characters = 0;
        var inHunk = false;
        foreach (var line in diff.TrimEnd('\n').Split('\n'))
        {
            characters += line.Length;
            if (lines.Count == MaximumLines || characters > MaximumCharacters)
            {
                return new DiffLines(lines, IsCut: true);
            }

            inHunk = line.StartsWith("@@", StringComparison.Ordinal) || (inHunk && !line.StartsWith("diff ", StringComparison.Ordinal));
            lines.Add(new DiffLine(KindOf(line, inHunk), line));
        }

        return new DiffLines(lines, IsCut: false);
    }

    private static string KindOf(string line, bool inHunk) => (inHunk, line is [] ? ' ' : line[0]) switch
    {
        (true, '@') => "hunk",
        (true, '+') => "added",
        (true, '-') => "removed",
        (true, _) => "same",
        (false, _) => "file",
    };
}
