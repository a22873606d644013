namespace Packit.Specfile;

/// <summary>
/// The beginning of a macro definition within its line: <c>%global</c>, <c>%define</c>, or one of them commented out with a hash
/// sign in place of the percent sign or with <c>%dnl</c> before it. All positions count from the line's beginning.
/// </summary>
internal readonly record struct DefinitionHead(
    int SignStart, int KeywordStart, int NameStart, int NameEnd, int OptionsEnd, int BodyStart, bool IsGlobal, bool IsCommentedOut)
{
    public static DefinitionHead? TryRead(ReadOnlySpan<char> line)
    {
        var position = Blanks(line, 0);
        var sign = position;
        var commented = false;
        if (line[position..].StartsWith("%dnl") && Blanks(line, position + 4) > position + 4)
        {
            commented = true;
            position = Blanks(line, position + 4);
            if (position >= line.Length || line[position] != '%')
            {
                return null;
            }
        }
        else if (position < line.Length && line[position] == '#')
        {
            commented = true;
        }
        else if (position >= line.Length || line[position] != '%')
        {
            return null;
        }

        var keyword = position + 1;
        var rest = line[keyword..];
        var length = rest.StartsWith("global") || rest.StartsWith("define") ? 6 : 0;
        var name = Blanks(line, keyword + length);
        if (length == 0 || name == keyword + length)
        {
            return null;
        }

        var nameEnd = name;
        while (nameEnd < line.Length && MacroSyntax.IsNameChar(line[nameEnd]))
        {
            nameEnd++;
        }

        var optionsEnd = nameEnd;
        if (nameEnd < line.Length && line[nameEnd] == '(')
        {
            var close = line[nameEnd..].IndexOf(')');
            optionsEnd = close < 0 ? nameEnd : nameEnd + close + 1;
        }

        var body = Blanks(line, optionsEnd);
        return nameEnd == name || body == optionsEnd
            ? null
            : new DefinitionHead(sign, keyword, name, nameEnd, optionsEnd, body, rest.StartsWith("global"), commented);
    }

    /// <summary>The whole definition, whose body reaches to the line <paramref name="lastLine"/>.</summary>
    public SpecMacroDefinition At(SpecText text, int line, int lastLine)
    {
        var start = text.Start(line);
        var end = text.End(lastLine);
        var bodyStart = Math.Min(start + BodyStart, end);
        while (end > bodyStart && text.Text[end - 1] is ' ' or '\t' or '\r' or '\n')
        {
            end--;
        }

        var body = new TextRange(bodyStart, end);
        return new SpecMacroDefinition(
            text.Text[(start + NameStart)..(start + NameEnd)],
            OptionsEnd == NameEnd ? null : text.Text[(start + NameEnd + 1)..(start + OptionsEnd - 1)],
            body.Of(text.Text),
            IsGlobal,
            IsCommentedOut,
            line + 1)
        {
            Range = body,
            Sign = new TextRange(start + SignStart, start + KeywordStart),
        };
    }

    private static int Blanks(ReadOnlySpan<char> line, int position)
    {
        while (position < line.Length && line[position] is ' ' or '\t')
        {
            position++;
        }

        return position;
    }
}
