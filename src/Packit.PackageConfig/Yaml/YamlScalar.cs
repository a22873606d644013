using System.Globalization;
using System.Text.RegularExpressions;

namespace Packit.PackageConfig.Yaml;

/// <summary>What a scalar is to a YAML 1.1 reader.</summary>
internal enum ScalarKind
{
    Text,
    Null,
    Bool,
    Integer,
    Number,
    Date,
}

/// <summary>
/// A scalar. Unquoted ones are typed as YAML 1.1 does it (<c>yes</c> is true, <c>1.10</c> a number, <c>2022-01-24</c> a date),
/// because that is how projects wrote their files.
/// </summary>
internal sealed partial class YamlScalar(string text, bool isPlain, int line, int column) : YamlNode(line, column)
{
    private ScalarKind? _kind;

    public string Text { get; } = text;

    public ScalarKind ScalarKind => _kind ??= isPlain ? Classify(Text) : ScalarKind.Text;

    public override string Kind => ScalarKind switch
    {
        ScalarKind.Null => "empty",
        ScalarKind.Bool => "a boolean",
        ScalarKind.Integer or ScalarKind.Number => "a number",
        ScalarKind.Date => "a date",
        _ => "a string",
    };

    /// <summary>The same text, which is not typed: keys are names whatever they look like.</summary>
    public YamlScalar AsText() => new(Text, isPlain: false, Line, Column);

    /// <summary>The value of a boolean.</summary>
    public bool AsBool => Text[0] is 'y' or 'Y' or 't' or 'T' || Text is "on" or "On" or "ON";

    /// <summary>The value of a whole number, or null when it does not fit.</summary>
    public long? AsInteger
    {
        get
        {
            var digits = Text.Replace("_", "", StringComparison.Ordinal);
            var sign = digits.StartsWith('-') ? -1 : 1;
            digits = digits.TrimStart('+', '-');
            if (digits.Contains(':'))
            {
                return null;
            }

            try
            {
                return sign * digits switch
                {
                    ['0', 'x', ..] => Convert.ToInt64(digits[2..], 16),
                    ['0', 'b', ..] => Convert.ToInt64(digits[2..], 2),
                    ['0', _, ..] => Convert.ToInt64(digits, 8),
                    _ => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
                };
            }
            catch (Exception e) when (e is OverflowException or FormatException or ArgumentException)
            {
                return null;
            }
        }
    }

    private static ScalarKind Classify(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return ScalarKind.Null;
            case "yes" or "Yes" or "YES" or "no" or "No" or "NO" or "true" or "True" or "TRUE"
                or "false" or "False" or "FALSE" or "on" or "On" or "ON" or "off" or "Off" or "OFF":
                return ScalarKind.Bool;
        }

        // Only what starts like a number can be one; the expressions are needed for few scalars.
        if (text[0] is not ('-' or '+' or '.') && !char.IsAsciiDigit(text[0]))
        {
            return ScalarKind.Text;
        }

        return Integer().IsMatch(text) ? ScalarKind.Integer
            : Number().IsMatch(text) ? ScalarKind.Number
            : Date().IsMatch(text) ? ScalarKind.Date
            : ScalarKind.Text;
    }

    [GeneratedRegex(@"\A[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex(@"\A[0-9]{4}-([0-9]{2}-[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:?[0-9]{2})?))?)\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Date();
}
