using System.Text.RegularExpressions;

namespace Packit.PackageConfig;

/// <summary>
/// A regular expression of a configuration file. Projects write Python's syntax; it is translated, and runs in the non-backtracking engine,
/// or, when it uses what that engine cannot do (look-around, back references), in the other one under a time limit.
/// Matching is as with Python's <c>re.match</c>: anchored at the start of the input, open at the end.
/// </summary>
public sealed class PythonRegex
{
    /// <summary>Longest pattern that is accepted, in characters.</summary>
    public const int MaximumLength = 1000;

    private const RegexOptions Common = RegexOptions.CultureInvariant;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);
    private readonly Regex _regex;
    private readonly IReadOnlyList<string> _groupNames;

    private PythonRegex(string pattern, Regex regex, IReadOnlyList<string> groupNames)
    {
        Pattern = pattern;
        _regex = regex;
        _groupNames = groupNames;
    }

    /// <summary>The pattern as written, in Python's syntax.</summary>
    public string Pattern { get; }

    /// <summary>True when matching takes linear time; false when it is bounded by a time limit.</summary>
    public bool IsLinear => _regex.Options.HasFlag(RegexOptions.NonBacktracking);

    /// <summary>Translates a pattern.</summary>
    /// <param name="pattern">In Python's syntax.</param>
    /// <param name="fault">Why there is no result.</param>
    /// <returns>The expression, or null.</returns>
    public static PythonRegex? TryCreate(string pattern, out RegexFault? fault)
    {
        if (pattern.Length > MaximumLength)
        {
            fault = new RegexFault($"The regular expression is longer than {MaximumLength} characters.", IsInvalid: true);
            return null;
        }

        var translation = PythonRegexTranslator.Translate(pattern);
        if (translation.BadEscape is { } escape)
        {
            fault = new RegexFault($"The regular expression has the escape `{escape}`, which does not exist.", IsInvalid: true);
            return null;
        }

        if (translation.Untranslatable is { } construct)
        {
            fault = new RegexFault($"The regular expression uses {construct}, which Python understands and this service does not.", IsInvalid: false);
            return null;
        }

        try
        {
            fault = null;
            return new PythonRegex(pattern, Compile($@"\A(?:{translation.Pattern})"), translation.GroupNames);
        }
        catch (RegexParseException e)
        {
            fault = new RegexFault($"The regular expression `{pattern}` is not valid: {Reason(e)}.", IsInvalid: true);
            return null;
        }
    }

    /// <summary>A pattern in the syntax of .NET, for those who put it into a larger one.</summary>
    /// <returns>The translated pattern, or null when it cannot be used.</returns>
    public static string? ToDotNet(string pattern) =>
        TryCreate(pattern, out _) is null ? null : PythonRegexTranslator.Translate(pattern).Pattern;

    /// <summary>Matches at the start of the input.</summary>
    /// <param name="input">The text.</param>
    /// <param name="match">The match, or null when there is none.</param>
    /// <returns>False when the search ran out of its time, so that nobody knows whether there is a match.</returns>
    public bool TryMatch(string input, out PythonMatch? match)
    {
        try
        {
            var found = _regex.Match(input);
            match = found.Success ? new PythonMatch(found, _groupNames) : null;
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            match = null;
            return false;
        }
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, Common | RegexOptions.NonBacktracking, TimeLimit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Common, TimeLimit);
        }
    }

    private static string Reason(RegexParseException e) => e.Error switch
    {
        RegexParseError.InsufficientClosingParentheses => "a `(` is not closed",
        RegexParseError.InsufficientOpeningParentheses => "a `)` has no `(` before it",
        RegexParseError.QuantifierAfterNothing => "there is nothing to repeat before a `*`, `+` or `?`",
        RegexParseError.NestedQuantifiersNotParenthesized => "a quantifier follows another one",
        RegexParseError.UnterminatedBracket => "a `[` is not closed",
        RegexParseError.ReversedCharacterRange => "a range in `[...]` is the wrong way round",
        RegexParseError.UnescapedEndingBackslash => "it ends with a backslash",
        _ => e.Error.ToString(),
    };
}
