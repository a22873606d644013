namespace Packit.Specfile;

/// <summary>How a line says a tag: name, perhaps a number or a qualifier in parentheses, colon, value (rpm: <c>findPreambleTag</c>).</summary>
internal static class TagSyntax
{
    /// <summary>Finds name and value of a tag in a line; false for other lines.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out TextRange name, out TextRange value)
    {
        name = value = default;
        var start = SkipBlanks(line, 0);
        var position = start;
        while (position < line.Length && char.IsAsciiLetter(line[position]))
        {
            position++;
        }

        if (position == start)
        {
            return false;
        }

        while (position < line.Length && char.IsAsciiDigit(line[position]))
        {
            position++;
        }

        var nameEnd = position;
        position = SkipBlanks(line, position);
        if (position < line.Length && line[position] == '(')
        {
            var close = line[position..].IndexOf(')');
            if (close < 0)
            {
                return false;
            }

            position = SkipBlanks(line, position + close + 1);
        }

        if (position >= line.Length || line[position] != ':')
        {
            return false;
        }

        position = SkipBlanks(line, position + 1);
        if (position >= line.Length)
        {
            return false;
        }

        name = new TextRange(start, nameEnd);
        value = new TextRange(position, line.Length);
        return true;
    }

    /// <summary>
    /// Finds a tag in a line as written, which may stand inside a conditional macro: <c>%{?with_x:Source1: x.tar.gz}</c>.
    /// </summary>
    public static bool TryReadRaw(ReadOnlySpan<char> line, out TextRange name, out TextRange value)
    {
        var inner = Unwrap(line);
        if (!TryRead(line[inner.Start..inner.End], out name, out value))
        {
            return false;
        }

        name = new TextRange(name.Start + inner.Start, name.End + inner.Start);
        value = new TextRange(value.Start + inner.Start, value.End + inner.Start);
        return true;
    }

    private static TextRange Unwrap(ReadOnlySpan<char> line)
    {
        var start = SkipBlanks(line, 0);
        if (!line[start..].StartsWith("%{?") && !line[start..].StartsWith("%{!"))
        {
            return new TextRange(0, line.Length);
        }

        var close = MacroSyntax.FindClosing(line, start + 1);
        var colon = line.IndexOf(':');
        return close < 0 || colon > close || !line[(close + 1)..].Trim(" \t").IsEmpty
            ? new TextRange(0, line.Length)
            : new TextRange(colon + 1, close);
    }

    private static int SkipBlanks(ReadOnlySpan<char> line, int position)
    {
        while (position < line.Length && line[position] is ' ' or '\t')
        {
            position++;
        }

        return position;
    }
}
