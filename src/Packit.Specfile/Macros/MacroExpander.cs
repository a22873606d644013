using System.Text;

namespace Packit.Specfile;

/// <summary>
/// Expands macros as rpm does (rpm: <c>expandMacro</c> of <c>macro.c</c>), but runs nothing: what a shell, Lua or a file would
/// tell becomes <see cref="UnknownText"/>. Depth, work and size are bounded; work and size by what is there to be read.
/// </summary>
internal sealed partial class MacroExpander(MacroTable table, UnknownText unknown, int length)
{
    private const int MaximumDepth = 64;
    private const int MaximumNesting = 160;
    private const int WorkOfOneMacro = 64;

    // Real specs stay below a twentieth of both.
    private readonly long _maximumWork = (1024 * 1024) + (32L * length);
    private readonly long _maximumOutput = (256 * 1024) + (8L * length);

    private const string TooMuch = "a macro expands to too much text";

    private readonly StringBuilder _out = new();
    private MacroCall? _call;
    private int _depth;
    private long _work;
    private long _produced;

    /// <summary>How deep brackets and expressions are nested at the moment; bounded because each level takes a piece of the stack.</summary>
    public int Nesting { get; set; }

    public bool IsNestedTooDeeply => Nesting > MaximumNesting;

    /// <summary>Index of the line that is being expanded; unknown pieces remember it.</summary>
    public int Line { get; set; }

    /// <summary>The macro that nobody defines and that the last <see cref="Expand"/> met first; null when there was none.</summary>
    public string? FirstUndefined { get; private set; }

    /// <summary>Whether more was asked for than any real spec needs; nothing is expanded from here on.</summary>
    private bool IsExhausted => _work > _maximumWork || _produced > _maximumOutput;

    public MacroTable Table => table;

    public UnknownText Unknown => unknown;

    /// <summary>The text with macros expanded; macros that nobody defines stay as written.</summary>
    public string Expand(string text)
    {
        FirstUndefined = null;
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        return MacroCall.WithoutQuotes(Capture(text));
    }

    /// <summary>Expands a part of an expression that is evaluated while something else is being expanded.</summary>
    public string ExpandTerm(string text) => text.Contains('%', StringComparison.Ordinal) ? MacroCall.WithoutQuotes(Capture(text)) : text;

    private string Capture(string text)
    {
        var mark = _out.Length;
        Run(text);
        var result = _out.ToString(mark, _out.Length - mark);
        _out.Length = mark;
        return result;
    }

    private void Run(string text)
    {
        if (_depth >= MaximumDepth || IsNestedTooDeeply)
        {
            AppendUnknown("a macro expands itself without end or is nested too deeply", Head(text));
            return;
        }

        if (IsExhausted)
        {
            AppendUnknown(TooMuch, Head(text));
            return;
        }

        _depth++;
        var position = 0;
        while (position < text.Length)
        {
            var percent = text.IndexOf('%', position);
            if (percent < 0 || percent + 1 == text.Length)
            {
                Append(text.AsSpan(position));
                break;
            }

            Append(text.AsSpan(position, percent - position));
            _work += WorkOfOneMacro;
            if (IsExhausted)
            {
                AppendUnknown(TooMuch, Head(text));
                break;
            }

            position = text[percent + 1] == '%' ? Literal(percent + 2) : Macro(text, percent + 1);
        }

        _depth--;

        int Literal(int next)
        {
            Append("%");
            return next;
        }
    }

    /// <summary>Expands the macro whose percent sign stands before <paramref name="at"/>; returns where the text goes on.</summary>
    private int Macro(string text, int at)
    {
        switch (text[at])
        {
            case '(':
                return Bracketed(text, at, static (self, body, whole) => self.Shell(body, whole));
            case '[':
                return Bracketed(text, at, static (self, body, _) => self.Expression(body));
            case '{':
                var close = FindClosing(text, at);
                if (close < 0)
                {
                    AppendUnknown("a brace is not closed", "%{");
                    return text.Length;
                }

                return Braced(text, at, close);
            default:
                return Bare(text, at);
        }
    }

    private int Bracketed(string text, int at, Action<MacroExpander, string, string> expand)
    {
        var close = FindClosing(text, at);
        if (close < 0)
        {
            AppendUnknown("a bracket is not closed", text.Substring(at - 1, 2));
            return text.Length;
        }

        expand(this, text[(at + 1)..close], text[(at - 1)..(close + 1)]);
        return close + 1;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        _produced += text.Length;
        _out.Append(text);
    }

    /// <summary>A bracket's partner. What is looked through counts as work, since brackets in brackets are looked through again.</summary>
    private int FindClosing(string text, int open)
    {
        var close = MacroSyntax.FindClosing(text, open);
        _work += (close < 0 ? text.Length : close) - open;
        return close;
    }

    private void AppendUnknown(string reason, string written)
    {
        var newline = reason.IndexOf('\n', StringComparison.Ordinal);
        reason = newline < 0 ? Head(reason) : Head(reason[..newline] + " ...");
        _out.Append(unknown.Add(SpecText.Decode(unknown.Written(reason)), written, Line));
    }

    private static string Head(string text) => text.Length > 300 ? text[..300] + "..." : text;
}
