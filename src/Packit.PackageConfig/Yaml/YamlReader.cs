using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Packit.PackageConfig.Yaml;

/// <summary>
/// Composes the parser's events to nodes with positions, within <see cref="YamlLimits"/>. Anything that runs code or builds types is out:
/// there are no tags here. Merge keys (<c>&lt;&lt;</c>) are resolved as PyYAML does it.
/// </summary>
internal sealed class YamlReader
{
    private readonly Parser _parser;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private int _aliases;
    private int _size;

    private YamlReader(string text, ProblemList problems)
    {
        _parser = new Parser(new StringReader(text));
        _problems = problems;
    }

    /// <returns>The root; null when the file is empty or a problem was added.</returns>
    public static YamlNode? Read(ReadOnlySpan<byte> bytes, ProblemList problems)
    {
        if (YamlText.Decode(bytes, problems) is not { } text)
        {
            return null;
        }

        try
        {
            return new YamlReader(text, problems).ReadDocument();
        }
        catch (YamlException e)
        {
            problems.Add(
                ProblemCodes.Syntax, ConfigSeverity.Error, "", (int)e.Start.Line, (int)e.Start.Column,
                "This is not valid YAML: " + Sentence(e.Message), "Look at the indentation, colons and quotes of this line and the one above it.");
        }
        catch (Refused e)
        {
            problems.Add(e.Code, ConfigSeverity.Error, "", e.Line, e.Column, e.Message, e.Hint);
        }

        return null;
    }

    private static string Sentence(string message) => message.TrimEnd('.') + ".";

    private YamlNode? ReadDocument()
    {
        Advance();
        Advance();
        if (_parser.Current is StreamEnd)
        {
            return null;
        }

        Advance();
        var root = ReadNode(ConfigPath.Root, depth: 0);
        Advance();
        Advance();
        if (_parser.Current is DocumentStart second)
        {
            throw new Refused(
                ProblemCodes.SeveralDocuments, second, "The file holds a second YAML document.", "Remove the line `---` and what does not belong here.");
        }

        return root;
    }

    /// <summary>
    /// The parser has states that end in an exception of its own inside, or in events that do not fit together; for the user they are errors
    /// in the file like any other.
    /// </summary>
    private bool Advance()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            var (line, column) = _parser.Current is { } last ? ((int)last.End.Line, (int)last.End.Column) : (1, 1);
            throw Unreadable(line, column);
        }
    }

    private static Refused Unreadable(int line, int column) => new(
        ProblemCodes.Syntax, line, column, "This is not valid YAML here or just after this place.", "Look at the indentation, colons and quotes of the following lines.");

    private YamlNode ReadNode(ConfigPath path, int depth)
    {
        var current = _parser.Current!;
        if (depth > YamlLimits.Depth)
        {
            throw new Refused(ProblemCodes.TooDeep, current, $"More than {YamlLimits.Depth} levels of nesting.", "Write it flatter.");
        }

        if (current is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw new Refused(ProblemCodes.Tag, current, $"The YAML tag `{tagged.Tag}` is not allowed.", "Remove the tag.");
        }

        CountNodes(1, current);
        var anchor = current is NodeEvent { Anchor.IsEmpty: false } anchored ? anchored.Anchor.Value : null;
        if (anchor is not null)
        {
            _anchors[anchor] = null;
        }

        var (line, column) = Position(current);
        YamlNode node = current switch
        {
            AnchorAlias alias => Resolve(alias, depth),
            Scalar scalar => new YamlScalar(scalar.Value, scalar.IsPlainImplicit && scalar.Style == ScalarStyle.Plain, line, column),
            SequenceStart => ReadSequence(new YamlSequence(line, column), path, depth),
            MappingStart => ReadMapping(new YamlMapping(line, column), path, depth),
            _ => throw Unreadable(line, column),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private YamlSequence ReadSequence(YamlSequence sequence, ConfigPath path, int depth)
    {
        while (Advance() && _parser.Current is not SequenceEnd)
        {
            sequence.Add(ReadNode(path.Index(sequence.Items.Count), depth + 1));
        }

        return sequence;
    }

    private YamlMapping ReadMapping(YamlMapping mapping, ConfigPath path, int depth)
    {
        List<YamlEntry>? merged = null;
        var own = new List<YamlEntry>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        while (Advance() && _parser.Current is not MappingEnd)
        {
            if (ReadNode(path, depth + 1) is not YamlScalar key)
            {
                throw new Refused(ProblemCodes.WrongType, _parser.Current!, "A list or mapping cannot be a key here.", "Write a name before the colon.");
            }

            var isMerge = key.Text == "<<";
            if (!isMerge && !names.TryAdd(key.Text, key.Line))
            {
                _problems.Error(
                    ProblemCodes.DuplicateKey, key, path.Key(key.Text),
                    $"`{key.Text}` is here for the second time; the first is in line {names[key.Text]}.", "Keep one of them.");
            }

            Advance();
            var value = ReadNode(path.Key(key.Text), depth + 1);
            if (isMerge)
            {
                Merge(value, merged ??= []);
            }
            else
            {
                own.Add(new YamlEntry(key, value));
            }
        }

        foreach (var entry in merged ?? [])
        {
            mapping.AddMerged(entry);
        }

        foreach (var entry in own)
        {
            if (merged is null)
            {
                mapping.Add(entry.Key, entry.Value);
            }
            else
            {
                mapping.AddMerged(entry);
            }
        }

        return mapping;
    }

    /// <summary>Of several merged mappings in a list the first wins; of several merge keys the last.</summary>
    private static void Merge(YamlNode value, List<YamlEntry> merged)
    {
        switch (value)
        {
            case YamlMapping mapping:
                merged.AddRange(mapping.Entries);
                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items.Reverse())
                {
                    Merge(item is YamlMapping ? item : throw NoMapping(item), merged);
                }

                break;
            default:
                throw NoMapping(value);
        }

        static Refused NoMapping(YamlNode node) => new(
            ProblemCodes.BadAlias, node.Line, node.Column, $"`<<` takes a mapping or a list of mappings; this is {node.Kind}.", "Put the anchor on a mapping.");
    }

    private YamlNode Resolve(AnchorAlias alias, int depth)
    {
        if (++_aliases > YamlLimits.Aliases)
        {
            throw new Refused(ProblemCodes.TooManyAliases, alias, $"More than {YamlLimits.Aliases} aliases.", "Write some of the values out.");
        }

        if (!_anchors.TryGetValue(alias.Value.Value, out var node) || node is null)
        {
            throw new Refused(
                ProblemCodes.BadAlias, alias, $"`*{alias.Value}` has no anchor `&{alias.Value}` that ends before it.", "Define the anchor earlier in the file.");
        }

        if (depth + node.Height > YamlLimits.Depth)
        {
            throw new Refused(ProblemCodes.TooDeep, alias, $"More than {YamlLimits.Depth} levels of nesting.", "Write it flatter.");
        }

        CountNodes(node.Size - 1, alias);
        return node;
    }

    private void CountNodes(int count, ParsingEvent current)
    {
        _size += count;
        if (_size > YamlLimits.Nodes)
        {
            throw new Refused(
                ProblemCodes.TooManyNodes, current, $"More than {YamlLimits.Nodes:N0} values, each use of an alias counted in full.", "Make the file smaller.");
        }
    }

    private static (int Line, int Column) Position(ParsingEvent current) => ((int)current.Start.Line, (int)current.Start.Column);

    /// <summary>Ends the reading at once; never leaves this class.</summary>
    private sealed class Refused(string code, int line, int column, string message, string hint) : Exception(message)
    {
        public Refused(string code, ParsingEvent at, string message, string hint)
            : this(code, (int)at.Start.Line, (int)at.Start.Column, message, hint)
        {
        }

        public string Code { get; } = code;

        public int Line { get; } = line;

        public int Column { get; } = column;

        public string Hint { get; } = hint;
    }
}
