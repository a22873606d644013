using System.Globalization;

namespace Packit.Specfile;

/// <summary>The terms of an expression: numbers, quoted texts, versions, macros, parentheses.</summary>
internal ref partial struct MacroExpression
{
    private ExpressionValue Primary()
    {
        var c = Peek();
        if (c == '(')
        {
            _position++;
            var inner = Ternary();
            return Take(")") ? inner : Fail();
        }

        if (c == '"' || (c == 'v' && _position + 1 < _text.Length && _text[_position + 1] == '"'))
        {
            _position += c == 'v' ? 2 : 1;
            return Quoted(c == 'v' ? ExpressionValue.Kinds.Version : ExpressionValue.Kinds.String);
        }

        return Word();
    }

    private ExpressionValue Quoted(ExpressionValue.Kinds kind)
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] != '"')
        {
            _position = EndOfMacro(_position);
        }

        if (_position >= _text.Length)
        {
            return Fail("has a quote that is not closed");
        }

        var content = Known(_text[start.._position]);
        _position++;
        return new ExpressionValue(kind, content, 0);
    }

    /// <summary>Digits and macros in a row. A number when all of it is digits; a string only when macros made it.</summary>
    private ExpressionValue Word()
    {
        var start = _position;
        var macros = false;
        while (_position < _text.Length && (_text[_position] == '%' || MacroSyntax.IsNameChar(_text[_position]) || UnknownText.IsIn(_text.AsSpan(_position, 1))))
        {
            macros |= _text[_position] == '%';
            _position = EndOfMacro(_position);
        }

        var word = Known(_text[start.._position]);
        if (_failure is not null)
        {
            return ExpressionValue.Of(0);
        }

        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return ExpressionValue.Of(number);
        }

        return macros && !word.StartsWith('%') ? ExpressionValue.Of(word) : Fail();
    }

    /// <summary>Expands a term; unknown text in it makes the whole expression unknown for the same reason.</summary>
    private string Known(string term)
    {
        if (_skipped > 0)
        {
            return "0";
        }

        var expanded = _expander.ExpandTerm(term);
        if (UnknownText.IsIn(expanded))
        {
            _failure ??= _expander.Unknown.FirstIn(expanded).Reason;
            return "";
        }

        return expanded;
    }

    private readonly int EndOfMacro(int position)
    {
        if (_text[position] == '%' && position + 1 < _text.Length && _text[position + 1] is '{' or '(' or '[')
        {
            var close = MacroSyntax.FindClosing(_text, position + 1);
            return close < 0 ? _text.Length : close + 1;
        }

        return position + 1;
    }
}
