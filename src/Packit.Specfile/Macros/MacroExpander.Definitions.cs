using System.Text;

namespace Packit.Specfile;

/// <summary><c>%global</c>, <c>%define</c> and <c>%undefine</c> (rpm: <c>doDefine</c>).</summary>
internal sealed partial class MacroExpander
{
    /// <summary>Carries out a definition whose keyword ended at <paramref name="at"/>; returns where the text goes on.</summary>
    private int Definition(string text, int at, ReadOnlySpan<char> keyword)
    {
        var position = SkipBlanks(text, at);
        var nameStart = position;
        while (position < text.Length && MacroSyntax.IsNameChar(text[position]))
        {
            position++;
        }

        var name = text[nameStart..position];
        if (keyword is "undefine")
        {
            table.Undefine(name);
            return SkipLine(text, position);
        }

        string? options = null;
        if (position < text.Length && text[position] == '(')
        {
            var close = text.IndexOf(')', position);
            if (close < 0)
            {
                return SkipLine(text, position);
            }

            options = text[(position + 1)..close];
            position = close + 1;
        }

        position = SkipBlanks(text, position);
        var (body, next) = Body(text, position);
        if (!MacroSyntax.IsName(name))
        {
            return next;
        }

        if (keyword is "global")
        {
            body = MacroCall.WithoutQuotes(Capture(body));
        }
        else
        {
            _call?.Locals.Add(name);
        }

        table.Define(name, options, body);
        return next;
    }

    /// <summary>
    /// The body that begins at a position: in braces, or the rest of the line with lines that a backslash or an open macro continues.
    /// </summary>
    private static (string Body, int Next) Body(string text, int position)
    {
        if (position < text.Length && text[position] == '{')
        {
            var close = MacroSyntax.FindClosing(text, position);
            return close < 0 ? (text[(position + 1)..], text.Length) : (text[(position + 1)..close], close + 1);
        }

        var body = new StringBuilder();
        while (true)
        {
            var end = text.IndexOf('\n', position);
            end = end < 0 ? text.Length : end;
            var balance = default(MacroSyntax.Balance);
            balance.Add(text.AsSpan(position, end - position));
            while (balance.InBrackets && end < text.Length)
            {
                var from = end + 1;
                end = text.IndexOf('\n', from);
                end = end < 0 ? text.Length : end;
                balance.Add(text.AsSpan(from, end - from));
            }

            AppendUnescaped(body, text.AsSpan(position, end - position));
            if (!balance.Continued || end == text.Length)
            {
                return (body.ToString().TrimEnd(' ', '\t', '\n', '\r'), Math.Min(end + 1, text.Length));
            }

            body.Append('\n');
            position = end + 1;
        }
    }

    /// <summary>A backslash only protects the character after it; before the end of the line it goes away with it.</summary>
    private static void AppendUnescaped(StringBuilder body, ReadOnlySpan<char> line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                body.Append(line[i]);
            }
            else if (++i < line.Length)
            {
                body.Append(line[i]);
            }
        }
    }

    private static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t')
        {
            position++;
        }

        return position;
    }

    private static int SkipLine(string text, int position)
    {
        var newline = text.IndexOf('\n', position);
        return newline < 0 ? text.Length : newline + 1;
    }
}
