namespace Packit.Specfile;

/// <summary>The uses of a macro: <c>%name</c> and <c>%{name}</c> with all their prefixes and arguments.</summary>
internal sealed partial class MacroExpander
{
    private enum UseKind
    {
        Plain,
        Conditional,
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
            Definition(text[end..close], 0, name);
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

        // The escape of an address (%20) is no macro: only the arguments of a call have such names.
        if (_call is not null || !char.IsAsciiDigit(name[0]))
        {
            FirstUndefined ??= name.ToString();
        }

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
}
