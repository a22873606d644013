namespace Packit.Specfile;

/// <summary>A part of a value as written.</summary>
internal abstract record ValueNode(string Written)
{
    private const int MaximumDepth = 16;
    private const int MaximumNodes = 200;

    /// <summary>Plain text.</summary>
    public sealed record Literal(string Text) : ValueNode(Text);

    /// <summary>Something that computes its text: <c>%(…)</c>, <c>%[…]</c>, <c>%{lower:…}</c>.</summary>
    public sealed record Computed(string Text) : ValueNode(Text);

    /// <summary>The use of a macro: <c>%name</c>, <c>%{name}</c>, <c>%{?name}</c>.</summary>
    public sealed record Reference(string Text, string Name, bool Negated, bool HasArguments) : ValueNode(Text);

    /// <summary>Text that depends on a macro: <c>%{?name:…}</c>. <paramref name="Opening"/> is all up to the colon, that included.</summary>
    public sealed record Conditional(string Text, string Name, bool Negated, string Opening, IReadOnlyList<ValueNode> Body) : ValueNode(Text);

    /// <summary>Takes a value apart; null when a bracket of it is not closed, or when it has too many parts or is nested too deeply.</summary>
    public static IReadOnlyList<ValueNode>? TryParse(string value, int depth = 0)
    {
        var nodes = new List<ValueNode>();
        var literal = 0;
        var position = 0;
        while (position < value.Length)
        {
            if (value[position] != '%')
            {
                position++;
                continue;
            }

            if (position + 1 < value.Length && value[position + 1] == '%')
            {
                position += 2;
                continue;
            }

            var end = End(value, position + 1);
            if (end < 0 || depth > MaximumDepth || nodes.Count > MaximumNodes)
            {
                return null;
            }

            if (end == position + 1)
            {
                position++;
                continue;
            }

            if (position > literal)
            {
                nodes.Add(new Literal(value[literal..position]));
            }

            if (Macro(value[position..end], depth) is not { } node)
            {
                return null;
            }

            nodes.Add(node);
            position = literal = end;
        }

        if (literal < value.Length)
        {
            nodes.Add(new Literal(value[literal..]));
        }

        return nodes;
    }

    private static int End(string value, int at)
    {
        if (at >= value.Length)
        {
            return at;
        }

        if (value[at] is '{' or '(' or '[')
        {
            return MacroSyntax.FindClosing(value, at) + 1 is > 0 and var end ? end : -1;
        }

        var start = at;
        while (at < value.Length && value[at] is '?' or '!')
        {
            at++;
        }

        var name = at;
        while (at < value.Length && MacroSyntax.IsNameChar(value[at]))
        {
            at++;
        }

        return at == name ? start : at;
    }

    private static ValueNode? Macro(string written, int depth)
    {
        if (written[1] is '(' or '[')
        {
            return new Computed(written);
        }

        var braced = written[1] == '{';
        var inner = braced ? written[2..^1] : written[1..];
        var prefix = inner.AsSpan().IndexOfAnyExcept('?', '!');
        prefix = prefix < 0 ? inner.Length : prefix;
        var negated = inner.AsSpan(0, prefix).Count('!') % 2 == 1;
        var asks = inner.AsSpan(0, prefix).Contains('?');
        var end = prefix;
        while (end < inner.Length && MacroSyntax.IsNameChar(inner[end]))
        {
            end++;
        }

        var name = inner[prefix..end];
        if (end == inner.Length)
        {
            return new Reference(written, name, negated, HasArguments: false);
        }

        if (inner[end] != ':')
        {
            return new Reference(written, name, negated, HasArguments: true);
        }

        if (!asks)
        {
            return new Computed(written);
        }

        return TryParse(inner[(end + 1)..], depth + 1) is { } body
            ? new Conditional(written, name, negated, string.Concat("%{", inner.AsSpan(0, end + 1)), body)
            : null;
    }
}
