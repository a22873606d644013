using System.Globalization;

namespace Packit.Specfile;

/// <summary>A value of an expression: a number, a string or a version (<c>v"1.0"</c>).</summary>
internal readonly record struct ExpressionValue(ExpressionValue.Kinds Kind, string Text, long Number)
{
    public enum Kinds
    {
        Number,
        String,
        Version,
    }

    public bool IsTrue => Kind == Kinds.Number ? Number != 0 : Text.Length > 0;

    public static ExpressionValue Of(long number) => new(Kinds.Number, number.ToString(CultureInfo.InvariantCulture), number);

    public static ExpressionValue Of(bool truth) => Of(truth ? 1 : 0);

    public static ExpressionValue Of(string text) => new(Kinds.String, text, 0);
}

/// <summary>
/// Expressions of <c>%if</c>, <c>%[…]</c> and <c>%{expr:…}</c> (rpm: <c>expression.c</c>): numbers, strings, versions, comparison,
/// arithmetic, <c>&amp;&amp; || !</c> and <c>?:</c>. Macros inside are expanded term by term, so that their text cannot change the structure.
/// </summary>
internal ref struct MacroExpression
{
    private const int MaximumDepth = 64;

    private readonly string _text;
    private readonly MacroExpander _expander;
    private int _position;
    private int _depth;
    private int _skipped;
    private string? _failure;

    private delegate ExpressionValue Part(ref MacroExpression self);

    private MacroExpression(string text, MacroExpander expander)
    {
        _text = text;
        _expander = expander;
    }

    /// <summary>Evaluates; when that is not possible, the value's text is the reason.</summary>
    public static bool TryEvaluate(string text, MacroExpander expander, out ExpressionValue value)
    {
        var expression = new MacroExpression(text, expander);
        value = expression.Ternary();
        if (expression._failure is null && expression.Peek() != '\0')
        {
            expression.Fail();
        }

        if (expression._failure is null)
        {
            return true;
        }

        value = ExpressionValue.Of(expression._failure);
        return false;
    }

    private ExpressionValue Ternary()
    {
        if (++_depth > MaximumDepth)
        {
            return Fail();
        }

        var condition = Logical();
        if (_failure is null && Take("?"))
        {
            var truth = condition.IsTrue;
            var yes = Skipping(!truth, static (ref self) => self.Ternary());
            if (!Take(":"))
            {
                return Fail();
            }

            var no = Skipping(truth, static (ref self) => self.Ternary());
            condition = truth ? yes : no;
        }

        _depth--;
        return condition;
    }

    private ExpressionValue Logical()
    {
        var left = Relational();
        while (_failure is null)
        {
            if (Take("&&"))
            {
                var right = Skipping(!left.IsTrue, static (ref self) => self.Relational());
                left = left.IsTrue ? right : left;
            }
            else if (Take("||"))
            {
                var right = Skipping(left.IsTrue, static (ref self) => self.Relational());
                left = left.IsTrue ? left : right;
            }
            else
            {
                break;
            }
        }

        return left;
    }

    /// <summary>Reads a part that does not count without expanding it: what it would define stays undefined.</summary>
    private ExpressionValue Skipping(bool skip, Part part)
    {
        _skipped += skip ? 1 : 0;
        var value = part(ref this);
        _skipped -= skip ? 1 : 0;
        return value;
    }

    private ExpressionValue Relational()
    {
        var left = Sum();
        while (_failure is null)
        {
            var operation = Take("==") ? "==" : Take("!=") ? "!=" : Take("<=") ? "<=" : Take(">=") ? ">=" : Take("<") ? "<" : Take(">") ? ">" : null;
            if (operation is null)
            {
                break;
            }

            var right = Sum();
            if (_skipped > 0)
            {
                continue;
            }

            if (left.Kind != right.Kind)
            {
                return Fail("compares values of different kinds");
            }

            var order = left.Kind switch
            {
                ExpressionValue.Kinds.Number => left.Number.CompareTo(right.Number),
                ExpressionValue.Kinds.String => string.CompareOrdinal(left.Text, right.Text),
                _ => Evr.TryParse(left.Text, out var a) && Evr.TryParse(right.Text, out var b) ? a.CompareTo(b) : 0,
            };
            left = ExpressionValue.Of(operation switch
            {
                "==" => order == 0,
                "!=" => order != 0,
                "<=" => order <= 0,
                ">=" => order >= 0,
                "<" => order < 0,
                _ => order > 0,
            });
        }

        return left;
    }

    private ExpressionValue Sum()
    {
        var left = Product();
        while (_failure is null)
        {
            if (Take("+"))
            {
                var right = Product();
                left = left.Kind != right.Kind
                    ? _skipped > 0 ? left : Fail("adds values of different kinds")
                    : left.Kind == ExpressionValue.Kinds.Number ? ExpressionValue.Of(unchecked(left.Number + right.Number)) : ExpressionValue.Of(left.Text + right.Text);
            }
            else if (Take("-"))
            {
                left = Arithmetic(left, Product(), static (a, b) => unchecked(a - b));
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private ExpressionValue Product()
    {
        var left = Unary();
        while (_failure is null)
        {
            if (Take("*"))
            {
                left = Arithmetic(left, Unary(), static (a, b) => unchecked(a * b));
            }
            else if (Take("/"))
            {
                var right = Unary();
                left = right.Number is 0 or -1 && right.Kind == ExpressionValue.Kinds.Number && _skipped == 0
                    ? right.Number == 0 ? Fail("divides by zero") : Arithmetic(left, right, static (a, _) => unchecked(-a))
                    : Arithmetic(left, right, static (a, b) => b == 0 ? 0 : a / b);
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private ExpressionValue Unary()
    {
        if (++_depth > MaximumDepth)
        {
            return Fail();
        }

        ExpressionValue value;
        if (Peek() == '!' && !At("!="))
        {
            _position++;
            value = ExpressionValue.Of(!Unary().IsTrue);
        }
        else if (Take("-"))
        {
            value = Arithmetic(ExpressionValue.Of(0), Unary(), static (a, b) => unchecked(a - b));
        }
        else
        {
            value = Primary();
        }

        _depth--;
        return value;
    }

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

    private ExpressionValue Arithmetic(ExpressionValue left, ExpressionValue right, Func<long, long, long> operation) =>
        _skipped > 0 ? left : left.Kind == ExpressionValue.Kinds.Number && right.Kind == ExpressionValue.Kinds.Number
            ? ExpressionValue.Of(operation(left.Number, right.Number))
            : Fail("calculates with a text");

    private char Peek()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\n' or '\r')
        {
            _position++;
        }

        return _position < _text.Length ? _text[_position] : '\0';
    }

    private bool At(string operation)
    {
        _ = Peek();
        return string.CompareOrdinal(_text, _position, operation, 0, operation.Length) == 0;
    }

    private bool Take(string operation)
    {
        if (!At(operation))
        {
            return false;
        }

        _position += operation.Length;
        return true;
    }

    private ExpressionValue Fail(string reason = "cannot be evaluated")
    {
        _failure ??= $"the expression {reason}: {SpecText.Decode(_expander.Unknown.Written(_text))}";
        _position = _text.Length;
        return ExpressionValue.Of(0);
    }
}
