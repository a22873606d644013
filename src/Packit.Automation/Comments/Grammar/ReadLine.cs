namespace Packit.Automation.Comments.Grammar;

/// <summary>A line of a comment that begins with the prefix, or would but for characters that nobody sees.</summary>
/// <param name="Line">As it was written, at most <see cref="CommentReader.LongestLine"/> characters of it. Foreign text.</param>
public abstract record ReadLine(string Line)
{
    public sealed record Understood(string Line, Command Command) : ReadLine(Line);

    /// <param name="Line">As it was written.</param>
    /// <param name="Reason">What is wrong, and what would be right; Markdown, foreign words are escaped.</param>
    public sealed record SyntaxError(string Line, string Reason) : ReadLine(Line)
    {
        /// <summary>The command that it would be; null when the line has none that is known.</summary>
        public string? Name { get; init; }
    }

    /// <summary>It holds characters that nobody sees, so it may say something else than it seems to; it is never carried out.</summary>
    public sealed record HiddenCharacters(string Line) : ReadLine(Line);

    /// <summary>A command of the established service that is none of this product; it is left to others.</summary>
    public sealed record OfOthers(string Line, string Name) : ReadLine(Line);

    /// <summary>The first of those lines that came after the last one that counts; always the last of what was read.</summary>
    /// <param name="Line">As it was written.</param>
    /// <param name="Count">How many more there are, with this one.</param>
    public sealed record TooMany(string Line, int Count) : ReadLine(Line);
}
