using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Packit.Specfile;

/// <summary>
/// What the few shell idioms come to with which specs cut a piece out of a version or a commit, for instance
/// <c>c=0123456789ab; echo ${c:0:7}</c> (Fedora: packaging guidelines, source URLs). They are read as text and nothing is started;
/// whatever does not have exactly such a form stays unknown.
/// </summary>
internal static partial class ShellText
{
    private const int MaximumLength = 400;

    /// <summary>The output of a script whose macros are expanded; null when its form is not one of these.</summary>
    public static string? Evaluate(string script)
    {
        script = script.Trim();
        if (script.Length > MaximumLength || script.AsSpan().ContainsAny('\n', '`', '\0'))
        {
            return null;
        }

        if (Assignment().Match(script) is { Success: true } assignment)
        {
            return assignment.Groups["name"].ValueSpan.SequenceEqual(assignment.Groups["used"].ValueSpan)
                ? Parameter(assignment.Groups["value"].Value, assignment.Groups["operation"].Value)
                : null;
        }

        if (Pipe().Match(script) is not { Success: true } pipe)
        {
            return null;
        }

        string? text = pipe.Groups["value"].Value;
        foreach (var filter in pipe.Groups["filters"].Value.Split('|'))
        {
            text = text is null ? null : Filter(text, filter.Trim());
        }

        return text;
    }

    /// <summary>bash: parameter expansion, <c>${name:0:7}</c> and its like.</summary>
    private static string? Parameter(string value, string operation)
    {
        switch (operation)
        {
            case ",,":
                return value.ToLowerInvariant();
            case "^^":
                return value.ToUpperInvariant();
            case ['%', '%', .. var text, '*'] when IsPlain(text):
                return Before(value, value.IndexOf(text, StringComparison.Ordinal));
            case ['%', .. var text, '*'] when IsPlain(text):
                return Before(value, value.LastIndexOf(text, StringComparison.Ordinal));
            case ['#', '#', '*', .. var text] when IsPlain(text):
                return After(value, value.LastIndexOf(text, StringComparison.Ordinal), text.Length);
            case ['#', '*', .. var text] when IsPlain(text):
                return After(value, value.IndexOf(text, StringComparison.Ordinal), text.Length);
            case [':', .. var range]:
                return Substring(value, range.Split(':'));
            case ['/', '/', .. var all]:
                return all.Split('/') is [var from, var to] && IsPlain(from) ? value.Replace(from, to, StringComparison.Ordinal) : null;
            default:
                return null;
        }

        static string Before(string value, int end) => end < 0 ? value : value[..end];

        static string After(string value, int start, int length) => start < 0 ? value : value[(start + length)..];
    }

    private static string? Filter(string text, string filter)
    {
        if (Cut().Match(filter) is { Success: true } cut)
        {
            var separator = cut.Groups["separator"].Value;
            return separator.Length == 0
                ? Fields(text.Select(static c => c.ToString()).ToArray(), cut.Groups["fields"].Value, "")
                : text.Contains(separator, StringComparison.Ordinal) ? Fields(text.Split(separator), cut.Groups["fields"].Value, separator) : text;
        }

        if (Delete().Match(filter) is { Success: true } delete)
        {
            return text.Replace(delete.Groups["from"].Value, "", StringComparison.Ordinal);
        }

        if (Translate().Match(filter) is { Success: true } translate)
        {
            return text.Replace(translate.Groups["from"].Value, translate.Groups["to"].Value, StringComparison.Ordinal);
        }

        return filter.Replace("'", "", StringComparison.Ordinal) switch
        {
            "tr [:upper:] [:lower:]" or "tr A-Z a-z" => text.ToLowerInvariant(),
            "tr [:lower:] [:upper:]" or "tr a-z A-Z" => text.ToUpperInvariant(),
            _ => Substitute(text, filter),
        };
    }

    /// <summary>sed: <c>s/from/to/</c> with a plain text to look for, once or everywhere.</summary>
    private static string? Substitute(string text, string filter)
    {
        if (Sed().Match(filter) is not { Success: true } sed)
        {
            return null;
        }

        var parts = sed.Groups["parts"].Value.Split(sed.Groups["separator"].Value);
        if (parts is not [var from, var to, "" or "g"] || Unescaped(from) is not { Length: > 0 } literal || to.AsSpan().ContainsAny('&', '\\'))
        {
            return null;
        }

        var at = text.IndexOf(literal, StringComparison.Ordinal);
        return parts[2] == "g" ? text.Replace(literal, to, StringComparison.Ordinal)
            : at < 0 ? text : string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + literal.Length));
    }

    private static string? Unescaped(string pattern)
    {
        var literal = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length && char.IsAsciiLetterOrDigit(pattern[i + 1]))
            {
                return null;
            }

            if (pattern[i] is '.' or '*' or '[' or ']' or '^' or '$')
            {
                return null;
            }

            i += pattern[i] == '\\' && i + 1 < pattern.Length ? 1 : 0;
            literal.Append(pattern[i]);
        }

        return literal.ToString();
    }

    private static string? Substring(string value, string[] range)
    {
        if (range.Length > 2 || !int.TryParse(range[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start))
        {
            return null;
        }

        var length = value.Length;
        if (range.Length == 2 && !int.TryParse(range[1], NumberStyles.None, CultureInfo.InvariantCulture, out length))
        {
            return null;
        }

        start = Math.Min(start, value.Length);
        return value.Substring(start, Math.Min(length, value.Length - start));
    }

    /// <summary>cut: <c>2</c>, <c>1,2</c>, <c>1-2</c>, <c>2-</c>, <c>-2</c>, counted from one.</summary>
    private static string? Fields(string[] fields, string list, string separator)
    {
        var wanted = new SortedSet<int>();
        foreach (var item in list.Split(','))
        {
            var ends = item.Split('-');
            if (ends.Length > 2 || item == "-" || !TryEnd(ends[0], 1, out var from) || !TryEnd(ends[^1], fields.Length, out var to) || from == 0)
            {
                return null;
            }

            for (var i = from; i <= Math.Min(to, fields.Length); i++)
            {
                wanted.Add(i - 1);
            }
        }

        return string.Join(separator, wanted.Select(i => fields[i]));

        static bool TryEnd(string text, int open, out int value)
        {
            value = open;
            return text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        }
    }

    private static bool IsPlain(string pattern) => pattern.Length > 0 && !pattern.AsSpan().ContainsAny("*?[]\\");

    [GeneratedRegex("""^(?<name>[A-Za-z_][A-Za-z0-9_]*)=["']?(?<value>[A-Za-z0-9._+~^:/@-]*)["']?\s*;\s*echo\s+"?\$\{(?<used>[A-Za-z_][A-Za-z0-9_]*)(?<operation>[^}"'$]+)\}"?$""", RegexOptions.NonBacktracking)]
    private static partial Regex Assignment();

    [GeneratedRegex("""^echo\s+["']?(?<value>[A-Za-z0-9._+~^:/@-]+)["']?\s*\|(?<filters>[^;&<>$()]+)$""", RegexOptions.NonBacktracking)]
    private static partial Regex Pipe();

    [GeneratedRegex("""^cut\s+(?:-d\s*["']?(?<separator>[^"'\\ ])["']?\s+-f\s*|-[cb]\s*)["']?(?<fields>[0-9,-]+)["']?$""", RegexOptions.NonBacktracking)]
    private static partial Regex Cut();

    [GeneratedRegex("""^tr\s+-d\s+["']?(?<from>[^"'\\\[\] ])["']?$""", RegexOptions.NonBacktracking)]
    private static partial Regex Delete();

    [GeneratedRegex("""^tr\s+["']?(?<from>[^"'\\\[\] ])["']?\s+["']?(?<to>[^"'\\\[\] ])["']?$""", RegexOptions.NonBacktracking)]
    private static partial Regex Translate();

    [GeneratedRegex("""^sed\s+(?:-e\s+)?["']?s(?<separator>[/|,@])(?<parts>[^"']*)["']?$""", RegexOptions.NonBacktracking)]
    private static partial Regex Sed();
}
