namespace Packit.Specfile;

/// <summary>The lexical rules of macros that reading, expanding and editing share (rpm: <c>macro.c</c>, <c>parseSpec.c</c>).</summary>
internal static class MacroSyntax
{
    public static bool IsNameChar(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!IsNameChar(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Index of the bracket that closes the one at <paramref name="open"/>, or -1. A backslash takes the next character with it.
    /// </summary>
    public static int FindClosing(ReadOnlySpan<char> text, int open)
    {
        var opening = text[open];
        var closing = opening switch { '{' => '}', '(' => ')', _ => ']' };
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\')
            {
                i++;
            }
            else if (c == closing)
            {
                if (--depth == 0)
                {
                    return i;
                }
            }
            else if (c == opening)
            {
                depth++;
            }
        }

        return -1;
    }

    /// <summary>
    /// Whether the text after a keyword such as <c>%if</c> ends the keyword there.
    /// </summary>
    public static bool IsWordEnd(ReadOnlySpan<char> text, int position) =>
        position >= text.Length || !IsNameChar(text[position]);

    /// <summary>Counts the macro brackets of a line that stay open, as rpm does before it expands a line.</summary>
    public struct Balance
    {
        private int _braces;
        private int _parentheses;
        private int _squares;

        /// <summary>The last line ended with a backslash.</summary>
        public bool Continued { get; private set; }

        public readonly bool InBrackets => _braces > 0 || _parentheses > 0 || _squares > 0;

        public void Add(ReadOnlySpan<char> line)
        {
            Continued = false;
            for (var i = 0; i < line.Length; i++)
            {
                switch (line[i])
                {
                    case '\\':
                        Continued = i + 1 == line.Length;
                        i++;
                        break;
                    case '%' when i + 1 < line.Length:
                        switch (line[i + 1])
                        {
                            case '{':
                                _braces++;
                                i++;
                                break;
                            case '(':
                                _parentheses++;
                                i++;
                                break;
                            case '[':
                                _squares++;
                                i++;
                                break;
                            case '%':
                                i++;
                                break;
                        }

                        break;
                    case '{' when _braces > 0:
                        _braces++;
                        break;
                    case '}' when _braces > 0:
                        _braces--;
                        break;
                    case '(' when _parentheses > 0:
                        _parentheses++;
                        break;
                    case ')' when _parentheses > 0:
                        _parentheses--;
                        break;
                    case '[' when _squares > 0:
                        _squares++;
                        break;
                    case ']' when _squares > 0:
                        _squares--;
                        break;
                }
            }
        }
    }
}
