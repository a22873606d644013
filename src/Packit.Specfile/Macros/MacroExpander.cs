using System.Text;

namespace Packit.Specfile;

/// <summary>
/// Expands macros as rpm does (rpm: <c>expandMacro</c> of <c>macro.c</c>), but runs nothing: what a shell, Lua or a file would
/// tell becomes <see cref="UnknownText"/>. Depth, work and size are bounded.
/// </summary>
internal sealed partial class MacroExpander(MacroTable table, UnknownText unknown)
{
    private const int MaximumDepth = 64;
    private const int MaximumWork = 2_000_000;
    private const int MaximumOutput = 4 * 1024 * 1024;

    private readonly StringBuilder _out = new();
    private MacroCall? _call;
    private int _depth;
    private int _work;
    private int _produced;

    /// <summary>Index of the line that is being expanded; unknown pieces remember it.</summary>
    public int Line { get; set; }

    /// <summary>The macro that nobody defines and that the last <see cref="Expand"/> met first; null when there was none.</summary>
    public string? FirstUndefined { get; private set; }

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
        if (_depth >= MaximumDepth)
        {
            AppendUnknown("expands itself without end or is nested too deeply", text);
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
            if (_work++ > MaximumWork || _produced > MaximumOutput)
            {
                AppendUnknown("expands to too much text", text);
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
                var close = MacroSyntax.FindClosing(text, at);
                if (close < 0)
                {
                    AppendUnknown("a brace is not closed", text[(at - 1)..]);
                    return text.Length;
                }

                return Braced(text, at, close);
            default:
                return Bare(text, at);
        }
    }

    private int Bracketed(string text, int at, Action<MacroExpander, string, string> expand)
    {
        var close = MacroSyntax.FindClosing(text, at);
        if (close < 0)
        {
            AppendUnknown("a bracket is not closed", text[(at - 1)..]);
            return text.Length;
        }

        expand(this, text[(at + 1)..close], text[(at - 1)..(close + 1)]);
        return close + 1;
    }

    private int Bare(string text, int at)
    {
        var start = at;
        var use = Prefix(text, ref start);
        var end = start;
        if (end < text.Length && text[end] == '-')
        {
            end++;
        }

        while (end < text.Length && MacroSyntax.IsNameChar(text[end]))
        {
            end++;
        }

        if (end < text.Length && text[end] == '*')
        {
            end += end + 1 < text.Length && text[end + 1] == '*' ? 2 : 1;
        }
        else if (end < text.Length && text[end] == '#' && end == start)
        {
            end++;
        }

        if (end == start)
        {
            Append(text.AsSpan(at - 1, end - at + 1));
            return end;
        }

        var name = text.AsSpan(start, end - start);
        if (name is "define" or "global" or "undefine")
        {
            return Definition(text, end, name);
        }

        if (name is "dnl")
        {
            var newline = text.IndexOf('\n', end);
            return newline < 0 ? text.Length : newline + 1;
        }

        if (ForgeMacros.IsOne(name) && Find(name) is null && use.Kind == UseKind.Plain)
        {
            var lineEnd = text.IndexOf('\n', end);
            lineEnd = lineEnd < 0 ? text.Length : lineEnd;
            ForgeMacros.Define(this, name, text[end..lineEnd]);
            return lineEnd;
        }

        // Arguments of a parametric macro reach to the end of the line.
        if (Find(name) is { Options: not null } parametric && use.Kind == UseKind.Plain)
        {
            var rest = text.IndexOf('\n', end);
            var argumentsEnd = rest < 0 ? text.Length : rest;
            var takes = end < text.Length && text[end] is ' ' or '\t';
            Invoke(parametric, name.ToString(), takes ? text[end..argumentsEnd] : "", split: true);
            return takes ? argumentsEnd : end;
        }

        return Use(use, name, null, text.AsSpan(at - 1, end - at + 1)) ? end : AppendPercent(at);
    }

    private int Braced(string text, int open, int close)
    {
        var start = open + 1;
        var use = Prefix(text, ref start);
        var end = start;
        while (end < close && text[end] is not (' ' or ':' or '\t' or '\n'))
        {
            end++;
        }

        if (end == start)
        {
            Append(text.AsSpan(open - 1, close - open + 2));
            return close + 1;
        }

        var name = text.AsSpan(start, end - start);
        if (name is "define" or "global" or "undefine")
        {
            Definition(text[..close], end, name);
            return close + 1;
        }

        var colon = end < close && text[end] == ':';
        var argument = end < close ? text[(end + 1)..close] : null;
        if (name is "dnl")
        {
            return close + 1;
        }

        if (ForgeMacros.IsOne(name) && Find(name) is null && use.Kind == UseKind.Plain)
        {
            ForgeMacros.Define(this, name, argument ?? "");
            return close + 1;
        }

        if (Find(name) is { Options: not null } parametric && use.Kind == UseKind.Plain)
        {
            Invoke(parametric, name.ToString(), argument ?? "", split: !colon);
            return close + 1;
        }

        return Use(use, name, argument, text.AsSpan(open - 1, close - open + 2)) ? close + 1 : AppendPercent(open);
    }

    /// <summary>Expands a macro that takes no arguments, or one of rpm's own functions. False when nobody defines it.</summary>
    private bool Use((UseKind Kind, bool Negated) use, ReadOnlySpan<char> name, string? argument, ReadOnlySpan<char> whole)
    {
        var entry = Find(name);
        var builtin = entry is null && IsBuiltin(name);
        if (use.Kind == UseKind.Conditional || name[0] == '-')
        {
            if ((entry is not null || builtin) == use.Negated)
            {
                return true;
            }

            if (argument is not null)
            {
                Run(argument);
            }
            else if (entry is { Options: not null } && !use.Negated)
            {
                Invoke(entry, name.ToString(), "", split: true);
            }
            else if (entry is not null && !use.Negated)
            {
                Run(entry.Body);
            }

            return true;
        }

        if (entry is not null)
        {
            Run(entry.Body);
            return true;
        }

        if (builtin)
        {
            Builtin(name, argument, whole);
            return true;
        }

        FirstUndefined ??= name.ToString();
        return false;
    }

    /// <summary>As rpm does: of an undefined macro only the percent sign is taken, what follows is text and may hold macros.</summary>
    private int AppendPercent(int next)
    {
        Append("%");
        return next;
    }

    private MacroEntry? Find(ReadOnlySpan<char> name) =>
        _call is not null && name[0] is '-' or '*' or '#' or (>= '0' and <= '9')
            ? _call?.Find(name)
            : table.Find(name);

    private void Invoke(MacroEntry entry, string name, string arguments, bool split)
    {
        if (MacroCall.TryCreate(name, entry.Options!, Capture(arguments), split, _call) is not { } call)
        {
            AppendUnknown($"%{name} has arguments that it does not take", $"%{name}");
            return;
        }

        var outer = _call;
        _call = call;
        Run(entry.Body);
        _call = outer;
        foreach (var local in call.Locals)
        {
            table.Undefine(local);
        }
    }

    private static (UseKind Kind, bool Negated) Prefix(string text, ref int position)
    {
        var kind = UseKind.Plain;
        var negated = false;
        for (; position < text.Length && text[position] is '!' or '?'; position++)
        {
            if (text[position] == '!')
            {
                negated = !negated;
            }
            else
            {
                kind = UseKind.Conditional;
            }
        }

        return (kind, negated);
    }

    private void Append(ReadOnlySpan<char> text)
    {
        _produced += text.Length;
        _out.Append(text);
    }

    private void AppendUnknown(string reason, string written)
    {
        var newline = reason.IndexOf('\n', StringComparison.Ordinal);
        reason = newline < 0 ? reason : reason[..newline] + " ...";
        _out.Append(unknown.Add(SpecText.Decode(unknown.Written(reason)), written, Line));
    }

    private enum UseKind
    {
        Plain,
        Conditional,
    }
}
