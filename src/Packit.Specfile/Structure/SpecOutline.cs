namespace Packit.Specfile;

/// <summary>
/// The structure that lines alone show: sections, macro definitions, and which lines belong together. One pass over the text,
/// linear also for text that is no spec.
/// </summary>
internal sealed class SpecOutline
{
    /// <summary>A bracket that is not closed within this many lines is taken as text, so that a stray one does not swallow the rest.</summary>
    private const int MaximumJoinedLines = 4000;

    private readonly Dictionary<int, int> _joined = [];
    private readonly List<SpecSection> _sections = [];
    private readonly List<SpecMacroDefinition> _definitions = [];
    private readonly Dictionary<int, int> _headers = [];

    public SpecOutline(SpecText text) => Scan(text);

    public IReadOnlyList<SpecSection> Sections => _sections;

    public IReadOnlyList<SpecMacroDefinition> Definitions => _definitions;

    /// <summary>Index of the line after the last one that belongs to the line <paramref name="line"/>.</summary>
    public int EndOf(int line) => _joined.TryGetValue(line, out var end) ? end : line + 1;

    /// <summary>The section whose header stands at a line; null for other lines.</summary>
    public SpecSection? HeaderAt(int line) => _headers.TryGetValue(line, out var index) ? _sections[index] : null;

    private void Scan(SpecText text)
    {
        var header = -1;
        var name = SpecSection.PreambleName;
        var arguments = "";
        var budget = text.Count + MaximumJoinedLines;
        for (var line = 0; line < text.Count;)
        {
            var content = text.Line(line);
            var first = content.IndexOfAnyExcept(' ', '\t');
            var definition = first >= 0 && content[first] is '%' or '#' ? DefinitionHead.TryRead(content) : null;
            if (content.Length > 0 && content[0] == '%' && SectionNames.TryRead(content, out var newName, out var newArguments))
            {
                Close(line);
                (header, name, arguments) = (line, newName, newArguments);
                line++;
                continue;
            }

            var end = line + 1;
            var continues = header < 0 || definition is { IsCommentedOut: false } || IsCondition(content, first);
            if (content.Contains('%') || (continues && content.EndsWith('\\')))
            {
                end = Join(text, line, continues, ref budget);
                if (end > line + 1)
                {
                    _joined[line] = end;
                }
            }

            if (definition is { } head)
            {
                // One that is commented out is one line, whatever its brackets say.
                var last = head.IsCommentedOut ? line : end - 1;
                _definitions.Add(head.At(text, line, last));
            }

            line = end;
        }

        Close(text.Count);

        void Close(int end)
        {
            if (header >= 0)
            {
                _headers[header] = _sections.Count;
            }

            _sections.Add(new SpecSection(name, arguments, header + 1, header + 2, end - header - 1));
        }
    }

    private static int Join(SpecText text, int line, bool continues, ref int budget)
    {
        var balance = default(MacroSyntax.Balance);
        balance.Add(text.Line(line));
        var end = line + 1;
        var afterBackslash = end;
        while (end < text.Count && (balance.InBrackets || (continues && balance.Continued)))
        {
            if (end - line > MaximumJoinedLines || --budget < 0)
            {
                break;
            }

            balance.Add(text.Line(end));
            end++;
            if (!balance.InBrackets)
            {
                afterBackslash = end;
            }
        }

        return balance.InBrackets ? afterBackslash : end;
    }

    private static bool IsCondition(ReadOnlySpan<char> line, int first) =>
        first >= 0 && (line[first..].StartsWith("%if") || line[first..].StartsWith("%elif"));
}
