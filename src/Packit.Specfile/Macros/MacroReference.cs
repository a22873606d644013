namespace Packit.Specfile;

/// <summary>Whether a text as written uses a macro.</summary>
internal static class MacroReference
{
    /// <summary>
    /// Whether <paramref name="name"/> is used as a macro in any form: <c>%name</c>, <c>%{name …}</c>, <c>%{?name}</c>, also inside
    /// the body of a conditional. A condition that only asks for it (<c>%{?name:…}</c>) is no use.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<char> text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0;)
        {
            if (IsUse(text, at, name.Length))
            {
                return true;
            }

            var next = text[(at + 1)..].IndexOf(name, StringComparison.Ordinal);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static bool IsUse(ReadOnlySpan<char> text, int at, int length)
    {
        var end = at + length;
        if (!MacroSyntax.IsWordEnd(text, end))
        {
            return false;
        }

        var start = at;
        while (start > 0 && text[start - 1] is '?' or '!')
        {
            start--;
        }

        var braced = start > 0 && text[start - 1] == '{';
        var percent = start - (braced ? 2 : 1);
        if (percent < 0 || text[percent] != '%' || (percent > 0 && text[percent - 1] == '%'))
        {
            return false;
        }

        return !(braced && start < at && end < text.Length && text[end] == ':');
    }
}
