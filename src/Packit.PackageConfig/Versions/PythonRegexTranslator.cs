using System.Globalization;
using System.Text;

namespace Packit.PackageConfig;

/// <summary>
/// From Python's regular expression syntax to .NET's. Both share most; translated are named groups and references, <c>\Z</c>, <c>{,n}</c>,
/// an opening bracket inside a class (subtraction in .NET), and the numbers of groups: .NET counts named groups last, Python in place.
/// </summary>
internal sealed class PythonRegexTranslator
{
    /// <summary>The letters that Python knows after a backslash.</summary>
    private const string Escapes = "AbBdDsSwWZafnrtvxu";

    private readonly string _pattern;
    private readonly StringBuilder _result = new();
    private readonly List<string> _groupNames = [];
    private readonly bool _numberGroups;
    private string? _untranslatable;
    private string? _badEscape;
    private int _at;

    private PythonRegexTranslator(string pattern)
    {
        _pattern = pattern;
        _numberGroups = pattern.Contains("(?P<", StringComparison.Ordinal);
    }

    /// <returns>The pattern for .NET with the .NET name of each group in Python's order, or what cannot be translated or is wrong for Python.</returns>
    public static (string Pattern, IReadOnlyList<string> GroupNames, string? Untranslatable, string? BadEscape) Translate(string pattern)
    {
        var translator = new PythonRegexTranslator(pattern);
        translator.Run();
        return (translator._result.ToString(), translator._groupNames, translator._untranslatable, translator._badEscape);
    }

    private void Run()
    {
        while (_at < _pattern.Length && _untranslatable is null && _badEscape is null)
        {
            switch (_pattern[_at])
            {
                case '\\':
                    Escape();
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    Group();
                    break;
                case '{' when StartsWith("{,"):
                    Take("{,", "{0,");
                    break;
                case '+' when _at > 0 && _pattern[_at - 1] is '*' or '+' or '?' or '}' && !IsEscaped(_at - 1):
                    _untranslatable = "a possessive quantifier";
                    break;
                default:
                    _result.Append(_pattern[_at++]);
                    break;
            }
        }
    }

    private void Escape()
    {
        if (_at + 1 >= _pattern.Length)
        {
            _result.Append(_pattern[_at++]);
            return;
        }

        var c = _pattern[_at + 1];
        switch (c)
        {
            case 'Z':
                Take(@"\Z", @"\z");
                break;
            case 'N' or 'U':
                _untranslatable = $@"`\{c}`";
                break;
            case var letter when char.IsAsciiLetter(letter) && !Escapes.Contains(letter, StringComparison.Ordinal):
                // Some of these mean something in .NET.
                _badEscape = $@"\{c}";
                break;
            case >= '1' and <= '9' when _numberGroups:
                BackReference();
                break;
            default:
                _result.Append('\\').Append(c);
                _at += 2;
                break;
        }
    }

    private void BackReference()
    {
        var start = ++_at;
        while (_at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]) && _at - start < 2)
        {
            _at++;
        }

        var number = int.Parse(_pattern.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture);
        _result.Append(@"\k<").Append(number <= _groupNames.Count ? _groupNames[number - 1] : number.ToString(CultureInfo.InvariantCulture)).Append('>');
    }

    private void Class()
    {
        var end = _at + 1;
        _result.Append('[');
        if (end < _pattern.Length && _pattern[end] == '^')
        {
            _result.Append('^');
            end++;
        }

        // A closing bracket in the first place is a member, in both dialects; .NET is given it escaped all the same.
        for (var first = end; end < _pattern.Length && (_pattern[end] != ']' || end == first); end++)
        {
            if (_pattern[end] == '\\' && end + 1 < _pattern.Length)
            {
                _result.Append('\\').Append(_pattern[++end]);
            }
            else
            {
                _result.Append(_pattern[end] is '[' or ']' ? @"\" : "").Append(_pattern[end]);
            }
        }

        if (end < _pattern.Length)
        {
            _result.Append(']');
            end++;
        }

        _at = end;
    }

    private void Group()
    {
        if (StartsWith("(?P<"))
        {
            var end = _pattern.IndexOf('>', _at);
            var name = end < 0 ? "" : _pattern[(_at + 4)..end];
            _groupNames.Add(name);
            Take("(?P<", "(?<");
        }
        else if (StartsWith("(?P="))
        {
            var end = _pattern.IndexOf(')', _at);
            var name = end < 0 ? "" : _pattern[(_at + 4)..end];
            _result.Append(@"\k<").Append(name).Append('>');
            _at = end < 0 ? _pattern.Length : end + 1;
        }
        else if (StartsWith("(?"))
        {
            FlagsOrLook();
        }
        else
        {
            var number = (_groupNames.Count + 1).ToString(CultureInfo.InvariantCulture);
            _groupNames.Add(number);
            Take("(", _numberGroups ? $"(?<{number}>" : "(");
        }
    }

    private void FlagsOrLook()
    {
        var end = _at + 2;
        while (end < _pattern.Length && (char.IsAsciiLetter(_pattern[end]) || _pattern[end] == '-'))
        {
            end++;
        }

        var flags = _pattern[(_at + 2)..end];
        if (flags.Length == 0 || end >= _pattern.Length || _pattern[end] is not (')' or ':'))
        {
            _result.Append("(?");
            _at += 2;
            return;
        }

        if (flags.IndexOfAny(['a', 'L']) >= 0)
        {
            _untranslatable = $"the flag `(?{flags})`";
            return;
        }

        // Text is Unicode in both; the flag that says so has no name in .NET.
        var kept = flags.Replace("u", "", StringComparison.Ordinal);
        _result.Append(kept.Length == 0 && _pattern[end] == ')' ? "" : $"(?{kept}{_pattern[end]}");
        _at = end + 1;
    }

    private bool StartsWith(string text) => _pattern.AsSpan(_at).StartsWith(text, StringComparison.Ordinal);

    private void Take(string text, string replacement)
    {
        _result.Append(replacement);
        _at += text.Length;
    }

    private bool IsEscaped(int index)
    {
        var backslashes = 0;
        while (index - backslashes > 0 && _pattern[index - backslashes - 1] == '\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }
}
