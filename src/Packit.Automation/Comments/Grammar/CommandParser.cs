using Packit.Automation.Reporting.Texts;

namespace Packit.Automation.Comments.Grammar;

/// <summary>
/// Understands one command line. Options stand in any order, before or behind the command and its arguments; <c>--option value</c> and
/// <c>--option=value</c> mean the same; an option may be shortened as long as one option alone begins so; <c>--</c> ends the options.
/// Commands are written in full, in small letters.
/// </summary>
internal sealed class CommandParser
{
    private const string EndOfOptions = "--";

    private readonly string _line;
    private readonly string _prefix;
    private readonly List<string> _arguments = [];
    private readonly List<(string Name, string Value)> _options = [];

    private CommandParser(string line, string prefix) => (_line, _prefix) = (line, prefix);

    /// <summary>Understands a line.</summary>
    /// <param name="line">It begins with the prefix and has another word.</param>
    /// <param name="prefix">The first word.</param>
    public static ReadLine Read(string line, string prefix)
    {
        var (start, isTooLong) = (CommentReader.Clip(line), line.Length > CommentReader.LongestLine);
        var word = InvisibleText.Without(start).Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) ?? "";
        return CommandGrammar.OfOthers.Contains(word)
            // Whether its arguments are right is for the others to say.
            ? new ReadLine.OfOthers(start, word)
            : InvisibleText.IsIn(line) ? new ReadLine.HiddenCharacters(start)
            : isTooLong ? new ReadLine.SyntaxError(start, CommandSyntaxTexts.TooLong(CommentReader.LongestLine)) { Name = CommandGrammar.Find(word)?.Name }
            : new CommandParser(start, prefix).Read(word);
    }

    private ReadLine Read(string firstWord)
    {
        if (CommandWords.Split(_line) is not { } all)
        {
            return Wrong(CommandSyntaxTexts.OpenQuote, CommandGrammar.Find(firstWord));
        }

        IReadOnlyList<string> words = [.. all.Skip(1)];
        var (at, problem) = FindCommand(words);
        if (problem is not null)
        {
            return Wrong(problem, rule: null);
        }

        var name = words[at];
        if (CommandGrammar.OfOthers.Contains(name))
        {
            return new ReadLine.OfOthers(_line, name);
        }

        if (CommandGrammar.Find(name) is not { } rule)
        {
            return Wrong(CommandSyntaxTexts.UnknownCommand(name, _prefix), rule: null);
        }

        return (Sort(words, at, rule) ?? Check(rule)) is { } reason ? Wrong(reason, rule) : Understood(rule);
    }

    /// <summary>The first word that is neither an option nor its value. Before it is known which options there can be, those of all commands count.</summary>
    private static (int At, string? Problem) FindCommand(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == EndOfOptions)
            {
                return i + 1 < words.Count ? (i + 1, null) : (0, CommandSyntaxTexts.NoCommand);
            }

            if (!IsOption(words[i]))
            {
                return (i, null);
            }

            var (name, value) = Cut(words[i]);
            var meant = Meant(name, CommandGrammar.Options);
            if (meant.Count == 0)
            {
                return (0, CommandSyntaxTexts.UnknownOption(words[i], CommandGrammar.Common));
            }

            var needsValue = meant[0].Value is not null;
            if (meant.Any(option => option.Value is not null != needsValue))
            {
                return (0, CommandSyntaxTexts.AmbiguousOption(name, meant));
            }

            i += needsValue && value is null ? 1 : 0;
        }

        return (0, CommandSyntaxTexts.NoCommand);
    }

    /// <summary>Sorts all words but the command.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    private string? Sort(IReadOnlyList<string> words, int command, CommandRule rule)
    {
        IReadOnlyList<CommandOption> known = [.. CommandGrammar.Common, .. rule.Options];
        var isEnded = false;
        for (var i = 0; i < words.Count; i++)
        {
            if (i == command)
            {
                continue;
            }

            if (isEnded || !IsOption(words[i]))
            {
                _arguments.Add(words[i]);
                continue;
            }

            if (words[i] == EndOfOptions)
            {
                isEnded = true;
                continue;
            }

            var (name, value) = Cut(words[i]);
            var meant = Meant(name, known);
            if (meant.Count != 1)
            {
                return meant.Count == 0 ? CommandSyntaxTexts.UnknownOption(words[i], known) : CommandSyntaxTexts.AmbiguousOption(name, meant);
            }

            if (meant[0].Value is not null && value is null)
            {
                if (i + 1 >= words.Count || i + 1 == command || IsOption(words[i + 1]))
                {
                    return CommandSyntaxTexts.MissingValue(meant[0]);
                }

                value = words[++i];
            }

            if (Take(meant[0], value) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? Take(CommandOption option, string? given)
    {
        if (option.Value is not { } rule)
        {
            _options.Add((option.Name, ""));
            return given is null ? null : CommandSyntaxTexts.NoValueWanted(option);
        }

        if (!option.IsList && _options.Any(known => known.Name == option.Name))
        {
            return CommandSyntaxTexts.GivenTwice(option);
        }

        IReadOnlyList<string> values = option.IsList ? given!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [given!];
        _options.AddRange(values.Select(value => (option.Name, value)));
        return values.Count == 0 ? CommandSyntaxTexts.MissingValue(option)
            : values.FirstOrDefault(value => !rule.Allows(value)) is { } bad ? CommandSyntaxTexts.BadValue(option.Name, bad, rule)
            : null;
    }

    /// <summary>Holds the arguments against the rule.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    private string? Check(CommandRule rule)
    {
        if (_arguments.Count > rule.Arguments.Count)
        {
            return CommandSyntaxTexts.TooManyWords(rule, _arguments[rule.Arguments.Count], _prefix);
        }

        if (rule.Arguments.Skip(_arguments.Count).FirstOrDefault(argument => argument.IsRequired) is { } missing)
        {
            return CommandSyntaxTexts.MissingArgument(rule, missing, _prefix);
        }

        var bad = rule.Arguments.Zip(_arguments).FirstOrDefault(pair => !pair.First.Value.Allows(pair.Second));
        return bad.Second is null ? null : CommandSyntaxTexts.BadValue(bad.First.Name, bad.Second, bad.First.Value);
    }

    private ReadLine.Understood Understood(CommandRule rule)
    {
        var given = new GivenWords(_arguments, _options.ToLookup(option => option.Name, option => option.Value, StringComparer.Ordinal));
        return new ReadLine.Understood(_line, rule.Make(given) with { Package = given.Value("--package") });
    }

    private ReadLine.SyntaxError Wrong(string reason, CommandRule? rule) => new(_line, reason) { Name = rule?.Name };

    /// <summary>What begins with a dash is meant as an option, also with one dash, or with the long one that telephones make of two.</summary>
    private static bool IsOption(string word) => word.Length > 1 && word[0] is '-' or '\u2013' or '\u2014' or '\u2012' or '\u2212';

    private static (string Name, string? Value) Cut(string word)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (word, null) : (word[..at], word[(at + 1)..]);
    }

    /// <summary>The options that a word can mean: the one of that name, or else all that begin so.</summary>
    private static IReadOnlyList<CommandOption> Meant(string name, IReadOnlyList<CommandOption> known)
    {
        if (known.FirstOrDefault(option => option.Name == name) is { } exact)
        {
            return [exact];
        }

        return name.Length > EndOfOptions.Length && name.StartsWith(EndOfOptions, StringComparison.Ordinal)
            ? [.. known.Where(option => option.Name.StartsWith(name, StringComparison.Ordinal))]
            : [];
    }
}
