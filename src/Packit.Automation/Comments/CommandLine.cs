namespace Packit.Automation.Comments;

/// <summary>The command in a comment: its words behind the prefix.</summary>
/// <param name="Words">At least one; the first is the command.</param>
public sealed record CommandLine(IReadOnlyList<string> Words)
{
    public string Command => Words[0];

    public IReadOnlyList<string> Arguments => [.. Words.Skip(1)];

    /// <summary>
    /// The first line whose first word is exactly the prefix and that has a second word. Quoted lines do not start with the
    /// prefix, and neither does <c>/packit-stg</c> where the prefix is <c>/packit</c>. Only a line feed ends a line: what else
    /// looks like an end could hide that the rest of a line was quoted.
    /// </summary>
    /// <returns>The command, or null when the comment holds none.</returns>
    public static CommandLine? Find(string comment, string prefix)
    {
        ArgumentNullException.ThrowIfNull(comment);
        foreach (var line in comment.Split('\n'))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && string.Equals(words[0], prefix, StringComparison.Ordinal))
            {
                return new CommandLine(words[1..]);
            }
        }

        return null;
    }
}
