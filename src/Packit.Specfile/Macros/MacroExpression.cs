namespace Packit.Specfile;

/// <summary>
/// Expressions of <c>%if</c>, <c>%[…]</c> and <c>%{expr:…}</c> (rpm: <c>expression.c</c>): numbers, strings, versions, comparison,
/// arithmetic, <c>&amp;&amp; || !</c> and <c>?:</c>. Macros inside are expanded term by term, so that their text cannot change the structure.
/// </summary>
internal ref partial struct MacroExpression
{
    private readonly string _text;
    private readonly MacroExpander _expander;
    private int _position;
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
        var nesting = expander.Nesting;
        value = expression.Ternary();
        expander.Nesting = nesting;
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
        if (_expander.IsNestedTooDeeply)
        {
            return Fail("is nested too deeply");
        }

        _expander.Nesting++;

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

        _expander.Nesting--;
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
        if (_expander.IsNestedTooDeeply)
        {
            return Fail("is nested too deeply");
        }

        _expander.Nesting++;

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

        _expander.Nesting--;
        return value;
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
