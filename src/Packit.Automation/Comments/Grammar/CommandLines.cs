using System.Text;

namespace Packit.Automation.Comments.Grammar;

/// <summary>The lines of a comment that are meant as commands.</summary>
internal abstract record CommandLines
{
    private CommandLines()
    {
    }

    /// <summary>All of them in their order, without white space around them; they may hold invisible characters.</summary>
    public sealed record Found(IReadOnlyList<string> Lines) : CommandLines;

    /// <summary>The comment has at least one line that looks like a command, and cannot be read safely.</summary>
    public sealed record Unreadable(string FirstLine) : CommandLines;

    public sealed record None : CommandLines;

    /// <summary>
    /// Finds them. Only a line feed, with or without a carriage return before it, begins a new line: what else looks like an end could hide that the rest of a line
    /// was quoted.
    /// </summary>
    public static CommandLines Of(string comment, string prefix)
    {
        var text = comment.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (Rough(text, prefix) is not { } first)
        {
            return new None();
        }

        if (text.Length > CommentReader.LongestComment || PlainLines.Find(text, prefix) is not { } starts)
        {
            return new Unreadable(first);
        }

        return starts.Count == 0 ? new None() : new Found([.. starts.Select(start => LineAt(text, start))]);
    }

    /// <summary>
    /// Where the prefix begins in a line whose first word it seems to be and that has another word; -1 in any other line. Characters that nobody sees do not count.
    /// </summary>
    public static int StartOf(ReadOnlySpan<char> line, string prefix)
    {
        if (!line.Contains(prefix[0]))
        {
            return -1;
        }

        var (start, matched, isOver) = (-1, 0, false);
        var at = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            var here = at;
            at += rune.Utf16SequenceLength;
            if (Rune.IsWhiteSpace(rune))
            {
                if (matched > 0 && matched < prefix.Length)
                {
                    return -1;
                }

                isOver = matched == prefix.Length;
            }
            else if (InvisibleText.IsInvisible(rune))
            {
                continue;
            }
            else if (isOver)
            {
                return start;
            }
            else if (matched < prefix.Length && rune.Value == prefix[matched])
            {
                start = matched++ == 0 ? here : start;
            }
            else
            {
                return -1;
            }
        }

        return -1;
    }

    /// <summary>How long the mark of a list is with which a line begins; 0 when there is none.</summary>
    public static int ListMark(ReadOnlySpan<char> line)
    {
        var digits = line.IndexOfAnyExceptInRange('0', '9');
        var length = digits is > 0 and < 10 && line[digits] is '.' or ')' ? digits + 1
            : line.Length > 0 && line[0] is '-' or '*' or '+' ? 1
            : 0;
        return length > 0 && length < line.Length && line[length] is ' ' or '\t' ? length : 0;
    }

    /// <summary>The first line that looks like a command to someone who does not know Markdown, but for the marks of lists.</summary>
    private static string? Rough(string text, string prefix)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].TrimStart();
            while (ListMark(line) is var length and > 0)
            {
                line = line[length..].TrimStart();
            }

            if (StartOf(line, prefix) >= 0)
            {
                return line.TrimEnd().ToString();
            }
        }

        return null;
    }

    private static string LineAt(string text, int start)
    {
        var (from, to) = (text.LastIndexOf('\n', start) + 1, text.IndexOf('\n', start));
        var line = text.AsSpan(from, (to < 0 ? text.Length : to) - from);
        // The marks of a list stand before the first word, and invisible characters belong to it.
        var before = start - from;
        while (before > 0 && !char.IsWhiteSpace(line[before - 1]))
        {
            before--;
        }

        return line[before..].TrimEnd().ToString();
    }
}
