namespace Packit.Automation.Comments.Grammar;

/// <summary>What an edit of a comment asks for: only what was not there before.</summary>
public static class EditedComment
{
    /// <summary>The commands that an edit added. A line that is there once more than before is new.</summary>
    /// <param name="before">The comment before; null when it is not known, and nothing was there then.</param>
    /// <param name="after">The comment now.</param>
    /// <param name="prefix">First word of a command.</param>
    public static IReadOnlyList<ReadLine> NewLines(string? before, string after, string prefix)
    {
        ArgumentNullException.ThrowIfNull(after);
        var old = CommandLines.Of(before ?? "", prefix);
        var known = (old as CommandLines.Found)?.Lines.CountBy(CommentReader.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal) ?? [];
        return CommandLines.Of(after, prefix) switch
        {
            CommandLines.Found found => CommentReader.Understand(found.Lines.Where(IsNew), prefix, CommentReader.MostCommands),
            // What could not be read before was answered so before.
            CommandLines.Unreadable unreadable when old is not CommandLines.Unreadable => [CommentReader.Refused(unreadable)],
            _ => [],
        };

        bool IsNew(string line)
        {
            var key = CommentReader.Key(line);
            return !known.TryGetValue(key, out var left) || (known[key] = left - 1) < 0;
        }
    }

    /// <summary>
    /// The commands of a comment beyond those that were read of it before, where its text from before is not known. The same line is never new again, and all
    /// that were ever read of the comment count together.
    /// </summary>
    /// <param name="read">Lines that were read, as <see cref="ReadLine.Line"/> gives them.</param>
    /// <param name="now">The comment now.</param>
    /// <param name="prefix">First word of a command.</param>
    public static IReadOnlyList<ReadLine> LinesBeyond(IReadOnlyCollection<string> read, string now, string prefix)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(now);
        var known = read.Select(CommentReader.Key).ToHashSet(StringComparer.Ordinal);
        if (known.Count > CommentReader.MostCommands)
        {
            // That there are too many was told already, and the line of which it was told is one of them.
            return [];
        }

        return CommandLines.Of(now, prefix) switch
        {
            CommandLines.Found found => CommentReader.Understand(
                found.Lines.Where(line => !known.Contains(CommentReader.Key(line))), prefix, Math.Max(0, CommentReader.MostCommands - known.Count)),
            CommandLines.Unreadable unreadable when !known.Contains(CommentReader.Key(unreadable.FirstLine)) => [CommentReader.Refused(unreadable)],
            _ => [],
        };
    }
}
