using System.Globalization;
using Packit.Automation.Comments.Grammar;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What is wrong with a line that was meant as a command, and what would be right. Markdown.</summary>
public static class CommandSyntaxTexts
{
    private const int LongestQuoted = 60;

    public const string OpenQuote = "A quotation mark is opened and not closed. Close it, or leave it out: only values with white space in them need any.";

    public const string NoCommand = "It names no command.";

    public static string TooLong(int most) =>
        string.Create(CultureInfo.InvariantCulture, $"A command has at most {most} characters.");

    public const string Unreadable =
        "The comment is too long, or its markup is nested too deeply, to be read for commands. Write the command in a comment of its own.";

    public static string UnknownCommand(string given, string prefix)
    {
        var near = CommandGrammar.Rules.FirstOrDefault(rule =>
            string.Equals(rule.Name, given, StringComparison.OrdinalIgnoreCase) || Distance(rule.Name, given) <= 2
            || (given.Length > 2 && rule.Name.StartsWith(given, StringComparison.OrdinalIgnoreCase)));
        return $"There is no command {Quoted(given)}.{LookAlike(given)}"
            + (near is null ? "" : $" Commands are written in full and in small letters; there is `{prefix} {near.Name}`.");
    }

    public static string UnknownOption(string given, IReadOnlyList<CommandOption> known)
    {
        var end = $"There {(known.Count == 1 ? "is only" : "are")} {Listed(known)}.";
        return given.StartsWith("--", StringComparison.Ordinal)
            ? $"There is no option {Quoted(given)} here.{LookAlike(given)} {end}"
            : $"{Quoted(given)} does not begin with two hyphens as options do, and no other word here begins with a dash. {end}";
    }

    public static string AmbiguousOption(string given, IReadOnlyList<CommandOption> meant) =>
        $"The option {Quoted(given)} can mean {Listed(meant, "or")}. Write it in full.";

    public static string MissingValue(CommandOption option)
    {
        ArgumentNullException.ThrowIfNull(option);
        return $"The option `{option.Name}` needs a value: `{option.Usage}`.";
    }

    public static string NoValueWanted(CommandOption option)
    {
        ArgumentNullException.ThrowIfNull(option);
        return $"The option `{option.Name}` has no value. Write it without one.";
    }

    public static string GivenTwice(CommandOption option)
    {
        ArgumentNullException.ThrowIfNull(option);
        return $"The option `{option.Name}` is there twice, and only one value can count. Write it once.";
    }

    public static string BadValue(string what, string given, ValueRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return $"The value of `{what}` must be {rule.Wanted}, which {Quoted(given)} is not.{LookAlike(given)}";
    }

    public static string TooManyWords(CommandRule rule, string given, string prefix)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return $"{Quoted(given)} is one word too many. The command is `{prefix} {rule.Usage}`.";
    }

    public static string MissingArgument(CommandRule rule, CommandArgument argument, string prefix)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(argument);
        return $"`{argument.Name}` is missing, {argument.Value.Wanted}. The command is `{prefix} {rule.Usage}`.";
    }

    private static string Quoted(string word)
    {
        word = MarkdownText.Visible(word);
        var text = word.Length <= LongestQuoted ? word : string.Concat(word.AsSpan(0, LongestQuoted), "…");
        return $"\"{MarkdownText.Inline(text)}\"";
    }

    // A letter of another alphabet looks the same and is not: people copy them from chats and pages without seeing it.
    private static string LookAlike(string word)
    {
        var rune = word.EnumerateRunes().FirstOrDefault(rune => !rune.IsAscii);
        return rune.Value == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" The character \"{MarkdownText.Inline(rune.ToString())}\" in it is not a basic Latin one (U+{rune.Value:X4}).");
    }

    private static string Listed(IReadOnlyList<CommandOption> options, string last = "and") => options.Count == 1
        ? $"`{options[0].Name}`"
        : $"{string.Join(", ", options.Take(options.Count - 1).Select(option => $"`{option.Name}`"))} {last} `{options[^1].Name}`";

    /// <summary>How many letters have to be put in, taken out or replaced; a large number for words that are far too long to be near.</summary>
    private static int Distance(string wanted, string given)
    {
        if (Math.Abs(wanted.Length - given.Length) > 2)
        {
            return int.MaxValue;
        }

        var above = Enumerable.Range(0, given.Length + 1).ToArray();
        for (var i = 1; i <= wanted.Length; i++)
        {
            var row = new int[given.Length + 1];
            row[0] = i;
            for (var j = 1; j <= given.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (wanted[i - 1] == given[j - 1] ? 0 : 1));
            }

            above = row;
        }

        return above[^1];
    }
}
