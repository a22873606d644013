using System.Collections;
using System.Globalization;

namespace Packit.Specfile;

/// <summary>
/// Walks through a spec from top to bottom as rpm does, with its conditions and macro definitions, and keeps what the tags of the
/// preamble come to. Sections of scripts are only looked through for conditions and definitions.
/// </summary>
internal sealed partial class SpecInterpreter
{
    private static readonly string[] KeptTags =
    [
        "name", "version", "release", "epoch", "summary", "license", "url", "vcs", "group", "vendor", "packager",
        "distribution", "disturl", "disttag", "bugurl", "buildroot",
    ];

    private readonly SpecFile _spec;
    private readonly UnknownText _unknown = new();
    private readonly MacroExpander _expander;
    private readonly Conditions _conditions;
    private readonly BitArray _reached;
    private readonly List<EffectiveTag> _effective = [];
    private readonly Dictionary<string, UnknownPiece> _undecidedTags = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> _undecidedLines = [];
    private readonly Dictionary<int, EffectiveTag> _effectiveAt = [];
    private readonly HashSet<(SpecSection Section, int Line)> _listed = [];
    private readonly Dictionary<string, int> _lastNumber = new(StringComparer.Ordinal);

    private SpecSection? _section;
    private bool _inPreamble = true;
    private int _included = -1;

    public SpecInterpreter(SpecFile spec, MacroContext macros)
    {
        _spec = spec;
        _expander = new MacroExpander(new MacroTable(macros), _unknown, spec.Content.Text.Length);
        _conditions = new Conditions(_expander);
        _reached = new BitArray(spec.Problem is null ? spec.Content.Count : 0);
    }

    /// <summary>A tag of the preamble as it came out of expansion.</summary>
    private sealed record EffectiveTag(string Name, string Value, int Line, string? Undefined);

    /// <summary>The first line of the preamble that may stand for any tags; null when there is none.</summary>
    public SpecValue.Unknown? UnreadLine { get; private set; }

    public SpecInterpreter Run()
    {
        var outline = _spec.Outline;
        for (var line = 0; line < _reached.Length;)
        {
            var end = outline.EndOf(line);
            if (outline.HeaderAt(line) is { } header)
            {
                if (_conditions.Reading)
                {
                    _reached[line] = true;
                    _section = header;
                    _inPreamble = false;
                }
            }
            else
            {
                Line(line, end);
            }

            line = end;
        }

        return this;
    }

    /// <summary>Whether the conditions of the spec let a line count.</summary>
    public bool IsReached(int line) => line < _reached.Length && _reached[line];

    /// <summary>Expands a text with the macros of the spec's end.</summary>
    public SpecValue Value(string text, int line)
    {
        _expander.Line = line;
        return Known(_expander.Expand(text), line, _expander.FirstUndefined);
    }

    /// <summary>Whether a macro has a definition at the spec's end.</summary>
    public bool IsDefined(string name) => _expander.Table.Find(name) is not null;

    private void Line(int line, int end)
    {
        // Most lines of a spec are scripts and changelogs in which nothing is to be found.
        if (!_inPreamble && _section?.Name is not ("sourcelist" or "patchlist") && IsPlain(_spec.Content.Line(line)))
        {
            Reach(line, end);
            return;
        }

        var text = _spec.Content.Text[_spec.Content.Start(line).._spec.Content.End(end - 1)];
        if (_conditions.TryTake(text, line))
        {
            // A condition's own line counts where its block stands.
            Reach(line, end);
            return;
        }

        if (_conditions.Undecided is { } piece)
        {
            Undecided(text, line, piece);
        }

        if (!_conditions.Reading)
        {
            return;
        }

        Reach(line, end);
        _expander.Line = line;
        if (_inPreamble)
        {
            Preamble(text, line);
        }
        else if (_section?.Name is "sourcelist" or "patchlist")
        {
            Listed(text, line);
        }
        else
        {
            _ = _expander.Expand(text);
        }

        if (_conditions.Undecided is { } still)
        {
            Undecided(text, line, still);
        }
    }

    private void Reach(int line, int end)
    {
        for (; line < end; line++)
        {
            _reached[line] = _conditions.Reading;
        }
    }

    private void Preamble(string text, int line)
    {
        if (_included < 0 && text.AsSpan().TrimStart(" \t").StartsWith("%include"))
        {
            _included = line;
            Unread("another file is included, which is not read", line);
        }

        var expanded = _expander.Expand(text);
        var begin = expanded.AsSpan().TrimStart(" \t\r\n");
        if (!begin.IsEmpty && UnknownText.IsIn(begin[..1]))
        {
            Unread(_unknown.FirstIn(begin).Reason, line);
        }

        if (!expanded.Contains('\n', StringComparison.Ordinal))
        {
            PreambleLine(expanded, line);
            return;
        }

        foreach (var part in expanded.Split('\n'))
        {
            if (part.Length > 0 && part[0] == '%' && SectionNames.TryRead(part, out _, out _))
            {
                // A macro began a section; what follows belongs to it until the next header.
                _inPreamble = false;
                return;
            }

            if (!_conditions.TryTake(part, line) && _conditions.Reading)
            {
                PreambleLine(part, line);
            }
        }
    }

    private void Unread(string reason, int line) =>
        UnreadLine ??= new SpecValue.Unknown(reason, line + 1, _spec.Content.Shown(line));

    private void PreambleLine(string text, int line)
    {
        if (!TagSyntax.TryRead(text, out var nameRange, out var valueRange))
        {
            return;
        }

        if (!IsKept(text.AsSpan(nameRange.Start, nameRange.End - nameRange.Start)))
        {
            return;
        }

        var name = nameRange.Of(text);
        var value = valueRange.Of(text).TrimEnd(' ', '\t', '\r');
        var undefined = value.Contains('%', StringComparison.Ordinal) ? _expander.FirstUndefined : null;
        if (_conditions.Undecided is { } piece)
        {
            value += _unknown.Add($"depends on a condition that cannot be decided: {piece.Reason}", "", piece.Line);
        }

        var tag = new EffectiveTag(name, value, line, undefined);
        _effective.Add(tag);
        _effectiveAt.TryAdd(line, tag);
        DefineTag(name, value);
    }

    /// <summary>Whether somebody asks for a tag: readers, or the macros of the spec.</summary>
    private static bool IsKept(ReadOnlySpan<char> name)
    {
        foreach (var kept in KeptTags)
        {
            if (name.Equals(kept, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return IsKind(name, "source") || IsKind(name, "patch");
    }

    /// <summary>rpm makes macros of the tags: <c>%{name}</c> and <c>%{NAME}</c>, <c>%{SOURCE0}</c>.</summary>
    private void DefineTag(string name, string value)
    {
        var kind = IsKind(name, "source") ? "SOURCE" : IsKind(name, "patch") ? "PATCH" : null;
        if (kind is null)
        {
            _expander.Table.Define(name.ToLowerInvariant(), null, value);
            _expander.Table.Define(name.ToUpperInvariant(), null, value);
            return;
        }

        var number = SourceNumber(name, _lastNumber.GetValueOrDefault(kind, -1));
        _lastNumber[kind] = number;
        _expander.Table.Define(
            string.Create(CultureInfo.InvariantCulture, $"{kind}{number}"), null, $"%{{_sourcedir}}/{SourceName.Of(value)}");
    }

    private void Listed(string text, int line)
    {
        var trimmed = text.AsSpan().Trim();
        if (!trimmed.IsEmpty && trimmed[0] != '#')
        {
            _listed.Add((_section!, line));
        }
    }

    /// <summary>Under a condition that cannot be decided, what either branch defines is unknown afterwards.</summary>
    private void Undecided(string text, int line, UnknownPiece piece)
    {
        _undecidedLines.Add(line);
        var reason = $"depends on a condition that cannot be decided: {piece.Reason}";
        if (DefinitionHead.TryRead(text) is { IsCommentedOut: false } head)
        {
            var name = text[head.NameStart..head.NameEnd];
            _expander.Table.Define(name, null, _unknown.Add(reason, $"%{{{name}}}", piece.Line).ToString());
        }
        else if (_inPreamble && TagSyntax.TryReadRaw(text, out var name, out _))
        {
            _undecidedTags.TryAdd(name.Of(text), new UnknownPiece(reason, text.Trim(), piece.Line));
        }
    }

    /// <summary>Whether a script's line has neither a condition nor a definition.</summary>
    private static bool IsPlain(ReadOnlySpan<char> line)
    {
        var percent = line.IndexOf('%');
        if (percent < 0)
        {
            return true;
        }

        var text = line[percent..];
        var isCondition = line[..percent].IsWhiteSpace()
            && (text.StartsWith("%if") || text.StartsWith("%el") || text.StartsWith("%endif"));
        return !isCondition
            && !text.Contains("%global", StringComparison.Ordinal)
            && !text.Contains("%define", StringComparison.Ordinal)
            && !text.Contains("%undefine", StringComparison.Ordinal)
            && !text.Contains("%bcond", StringComparison.Ordinal)
            && !text.Contains("%{expand:", StringComparison.Ordinal);
    }

    private SpecValue Known(string expanded, int line, string? undefined)
    {
        if (UnknownText.IsIn(expanded))
        {
            var piece = _unknown.FirstIn(expanded);
            var where = piece.Line < 0 ? line : piece.Line;
            return new SpecValue.Unknown(piece.Reason, where + 1, _spec.Content.Shown(where))
            {
                Partial = SpecText.Decode(_unknown.Written(expanded)),
            };
        }

        if (undefined is not null and not "autorelease")
        {
            var elsewhere = _included < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; line {_included + 1} includes another file, which is not read");
            return new SpecValue.Unknown($"the macro %{undefined} is not known here{elsewhere}", line + 1, _spec.Content.Shown(line))
            {
                Partial = SpecText.Decode(expanded),
            };
        }

        return new SpecValue.Known(SpecText.Decode(expanded));
    }
}
