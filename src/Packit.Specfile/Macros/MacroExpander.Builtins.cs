using System.Globalization;

namespace Packit.Specfile;

/// <summary>rpm's own macro functions: those that only work on text are carried out, the others give unknown text.</summary>
internal sealed partial class MacroExpander
{
    private static bool IsBuiltin(ReadOnlySpan<char> name) => name is
        "expand" or "expr" or "lower" or "upper" or "sub" or "gsub" or "len" or "reverse" or "rep" or "quote" or "shrink"
        or "basename" or "dirname" or "suffix" or "url2path" or "u2p" or "macrobody" or "verbose" or "echo" or "warn" or "error"
        or "trace" or "dump" or "rpmversion" or "lua" or "load" or "uncompress" or "exists" or "getenv" or "getconfdir" or "getncpus"
        or "shescape" or "span" or "S" or "P" or "xdg";

    private void Builtin(ReadOnlySpan<char> name, string? argument, ReadOnlySpan<char> whole)
    {
        switch (name)
        {
            case "lua":
                Lua(argument ?? "", whole.ToString());
                return;
            case "load" or "uncompress" or "exists" or "xdg":
                AppendUnknown($"needs a file of the build machine: {whole}", whole.ToString());
                return;
            case "getenv" or "getconfdir" or "getncpus" or "rpmversion":
                AppendUnknown($"needs the build machine: {whole}", whole.ToString());
                return;
            case "verbose":
                // Nobody listens: the macro is 0, and what is only to be said to a listener is nothing.
                Append(argument is null ? "0" : "");
                return;
            case "echo" or "warn" or "error" or "trace" or "dump":
                return;
            case "span":
                Run(argument ?? "");
                return;
            case "S" or "P":
                Run($"%{{{(name is "S" ? "SOURCE" : "PATCH")}{Capture(argument ?? "")}}}");
                return;
        }

        var text = Capture(argument ?? "");
        if (name is "expand")
        {
            Run(text);
        }
        else if (name is "quote")
        {
            Append($"{MacroCall.Quote}{text}{MacroCall.Quote}");
        }
        else if (UnknownText.IsIn(text))
        {
            // What a function makes of unknown text is unknown for the same reason.
            var piece = unknown.FirstIn(text);
            _out.Append(unknown.Add(piece.Reason, whole.ToString(), piece.Line));
        }
        else
        {
            PureBuiltin(name, text, whole);
        }
    }

    private void PureBuiltin(ReadOnlySpan<char> name, string text, ReadOnlySpan<char> whole)
    {
        switch (name)
        {
            case "expr":
                Expression(text);
                break;
            case "lower":
                Append(text.ToLowerInvariant());
                break;
            case "upper":
                Append(text.ToUpperInvariant());
                break;
            case "len":
                Append(text.Length.ToString(CultureInfo.InvariantCulture));
                break;
            case "reverse":
                var characters = text.ToCharArray();
                Array.Reverse(characters);
                Append(characters);
                break;
            case "shrink":
                Append(string.Join(' ', text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)));
                break;
            case "basename":
                Append(text.AsSpan(text.LastIndexOf('/') + 1));
                break;
            case "dirname":
                var slash = text.LastIndexOf('/');
                Append(text.AsSpan(0, slash < 0 ? text.Length : slash));
                break;
            case "suffix":
                var dot = text.LastIndexOf('.');
                Append(dot < 0 ? "" : text.AsSpan(dot + 1));
                break;
            case "url2path" or "u2p":
                Append(UrlPath(text));
                break;
            case "shescape":
                Append($"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'");
                break;
            case "macrobody":
                Append(table.Find(text.Trim())?.Body ?? "");
                break;
            case "sub" or "gsub" or "rep":
                TextFunction(name, text, whole);
                break;
        }
    }

    private void TextFunction(ReadOnlySpan<char> name, string text, ReadOnlySpan<char> whole)
    {
        // These take their arguments like a parametric macro, so that quoted ones may hold blanks.
        if (MacroCall.TryCreate(name.ToString(), "-", text, split: true, null) is not { } call
            || call.Find("1") is not { } subject)
        {
            AppendUnknown($"lacks arguments: {whole}", whole.ToString());
            return;
        }

        var second = call.Find("2")?.Body;
        var third = call.Find("3")?.Body;
        if (name is "gsub")
        {
            if (LuaPattern.LiteralOf(second) is not { } literal || third is null || third.Contains('%', StringComparison.Ordinal))
            {
                AppendUnknown($"needs a Lua pattern: {whole}", whole.ToString());
                return;
            }

            Append(subject.Body.Replace(literal, third, StringComparison.Ordinal));
            return;
        }

        if (!int.TryParse(second ?? (name is "sub" ? "1" : ""), CultureInfo.InvariantCulture, out var number)
            || !int.TryParse(third ?? "-1", CultureInfo.InvariantCulture, out var last))
        {
            AppendUnknown($"has arguments that are no numbers: {whole}", whole.ToString());
            return;
        }

        if (name is "sub")
        {
            Append(Substring(subject.Body, number, last));
            return;
        }

        for (var i = 0; i < number && _produced <= _maximumOutput; i++)
        {
            Append(subject.Body);
        }
    }

    /// <summary>Lua's <c>string.sub</c>: positions from 1, negative ones from the end, both inclusive.</summary>
    private static string Substring(string text, int first, int last)
    {
        first = first < 0 ? Math.Max(text.Length + first + 1, 1) : Math.Max(first, 1);
        last = last < 0 ? text.Length + last + 1 : Math.Min(last, text.Length);
        return first > last ? "" : text[(first - 1)..last];
    }

    private static string UrlPath(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return url;
        }

        var path = url.IndexOf('/', scheme + 3);
        return path < 0 ? "/" : url[path..];
    }

    private void Shell(string body, string whole)
    {
        var script = Capture(body);
        if (!UnknownText.IsIn(script) && ShellText.Evaluate(script) is { } text)
        {
            Append(text);
            return;
        }

        AppendUnknown($"needs a shell: {whole}", whole);
    }

    /// <summary>Macros that a Lua script seems to define are unknown from there on, rather than not defined at all.</summary>
    private void Lua(string script, string whole)
    {
        AppendUnknown($"needs Lua: {whole}", whole);
        var mark = _out[^1].ToString();
        const string Define = "rpm.define(";
        for (var at = script.IndexOf(Define, StringComparison.Ordinal); at >= 0; at = script.IndexOf(Define, at + 1, StringComparison.Ordinal))
        {
            var start = at + Define.Length;
            start += script.AsSpan(start).StartsWith("string.format(") ? "string.format(".Length : 0;
            while (start < script.Length && script[start] is ' ' or '"' or '\'' or '[')
            {
                start++;
            }

            var end = start;
            while (end < script.Length && MacroSyntax.IsNameChar(script[end]))
            {
                end++;
            }

            if (MacroSyntax.IsName(script.AsSpan(start, end - start)))
            {
                table.Define(script[start..end], null, mark);
            }
        }
    }

    private void Expression(string body)
    {
        if (MacroExpression.TryEvaluate(body, this, out var value))
        {
            Append(value.Text);
            return;
        }

        AppendUnknown(value.Text, $"%[{body}]");
    }
}
