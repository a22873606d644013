using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Comments.Grammar;

/// <summary>Finds the commands of a comment: lines of its plain text whose first word is the prefix.</summary>
public static class CommentReader
{
    /// <summary>How many different commands of one comment count.</summary>
    public const int MostCommands = 10;

    /// <summary>How many characters a command may have.</summary>
    public const int LongestLine = 500;

    /// <summary>How many characters of a comment are read; GitHub stores no longer ones.</summary>
    public const int LongestComment = 65_536;

    /// <summary>Reads a comment. Lines that say the same count once.</summary>
    /// <param name="comment">Markdown as it was written. Hostile.</param>
    /// <param name="prefix">First word of a command: <c>/packit</c>.</param>
    /// <returns>The lines that are meant as commands, in their order; empty when there are none.</returns>
    public static IReadOnlyList<ReadLine> Read(string comment, string prefix)
    {
        ArgumentNullException.ThrowIfNull(comment);
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        return CommandLines.Of(comment, prefix) switch
        {
            CommandLines.Found found => Understand(found.Lines, prefix, MostCommands),
            CommandLines.Unreadable unreadable => [Refused(unreadable)],
            _ => [],
        };
    }

    /// <summary>Understands lines, the same one once.</summary>
    /// <param name="lines">Lines that begin with the prefix.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="most">How many count; those of others are not counted.</param>
    internal static IReadOnlyList<ReadLine> Understand(IEnumerable<string> lines, string prefix, int most)
    {
        List<ReadLine> read = [];
        var (counted, others) = (0, 0);
        string? firstBeyond = null;
        foreach (var line in lines.DistinctBy(Key, StringComparer.Ordinal))
        {
            var understood = CommandParser.Read(line, prefix);
            if (understood is ReadLine.OfOthers)
            {
                if (++others <= MostCommands)
                {
                    read.Add(understood);
                }
            }
            else if (++counted <= most)
            {
                read.Add(understood);
            }
            else
            {
                firstBeyond ??= understood.Line;
            }
        }

        if (firstBeyond is not null)
        {
            read.Add(new ReadLine.TooMany(firstBeyond, counted - most));
        }

        return read;
    }

    internal static ReadLine.SyntaxError Refused(CommandLines.Unreadable unreadable) => new(Clip(unreadable.FirstLine), CommandSyntaxTexts.Unreadable);

    /// <summary>What makes two lines the same: their words. White space does not count.</summary>
    internal static string Key(string line) => string.Join(' ', Clip(line).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A line as it is kept: not too long, and such that a database takes it.</summary>
    internal static string Clip(string line)
    {
        line = line.Length <= LongestLine ? line : line[..(LongestLine - (char.IsHighSurrogate(line[LongestLine - 1]) ? 1 : 0))];
        return StoredText.Of(line);
    }
}
