using System.Globalization;

namespace Packit.Specfile;

/// <summary>The arguments of one use of a parametric macro: <c>%1</c>, <c>%*</c>, <c>%{-f}</c> and the others.</summary>
internal sealed class MacroCall
{
    /// <summary>Stands around an argument that <c>%{quote:…}</c> keeps together; no byte of a spec has it.</summary>
    public const char Quote = '\u0100';

    private readonly Dictionary<string, MacroEntry> _values = new(StringComparer.Ordinal);
    private readonly MacroCall? _outer;

    private MacroCall(MacroCall? outer) => _outer = outer;

    /// <summary>Macros that <c>%define</c> made within this call; they end with it.</summary>
    public List<string> Locals { get; } = [];

    public MacroEntry? Find(ReadOnlySpan<char> name) =>
        _values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var entry) ? entry : _outer?.Find(name);

    /// <summary>Sorts expanded arguments into options and the rest (rpm: <c>grabArgs</c>); null for an option that is not taken.</summary>
    public static MacroCall? TryCreate(string name, string options, string arguments, bool split, MacroCall? outer)
    {
        var words = split ? Words(arguments) : [arguments];
        var call = new MacroCall(outer);
        call.Set("0", name);
        call.Set("**", WithoutQuotes(string.Join(' ', words)));

        var next = 0;
        if (!options.StartsWith('-') && split)
        {
            for (; next < words.Count; next++)
            {
                var word = words[next];
                if (word == "--")
                {
                    next++;
                    break;
                }

                if (word.Length < 2 || word[0] != '-')
                {
                    break;
                }

                if (!call.TryOptions(options, words, ref next))
                {
                    return null;
                }
            }
        }

        var rest = words.Skip(next).Select(WithoutQuotes).ToList();
        call.Set("#", rest.Count.ToString(CultureInfo.InvariantCulture));
        call.Set("*", string.Join(' ', rest));
        for (var i = 0; i < rest.Count; i++)
        {
            call.Set((i + 1).ToString(CultureInfo.InvariantCulture), rest[i]);
        }

        return call;
    }

    public static string WithoutQuotes(string text) =>
        text.Contains(Quote, StringComparison.Ordinal) ? text.Replace(Quote.ToString(), "", StringComparison.Ordinal) : text;

    private bool TryOptions(string options, List<string> words, ref int next)
    {
        var word = words[next];
        for (var i = 1; i < word.Length; i++)
        {
            var at = word[i] == ':' ? -1 : options.IndexOf(word[i], StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            var flag = $"-{word[i]}";
            if (at + 1 >= options.Length || options[at + 1] != ':')
            {
                Set(flag, flag);
                continue;
            }

            string value;
            if (i + 1 < word.Length)
            {
                value = word[(i + 1)..];
            }
            else if (next + 1 < words.Count)
            {
                value = words[++next];
            }
            else
            {
                return false;
            }

            value = WithoutQuotes(value);
            Set(flag, $"{flag} {value}");
            Set(flag + "*", value);
            return true;
        }

        return true;
    }

    private void Set(string name, string body) => _values[name] = new MacroEntry(null, body);

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var start = -1;
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || (!quoted && text[i] is ' ' or '\t' or '\n');
            if (ends)
            {
                if (start >= 0)
                {
                    words.Add(text[start..i]);
                    start = -1;
                }

                continue;
            }

            if (text[i] == Quote)
            {
                quoted = !quoted;
            }

            start = start < 0 ? i : start;
        }

        return words;
    }
}
