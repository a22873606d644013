using System.Globalization;
using System.Text;

namespace Packit.Specfile;

/// <summary>
/// A spec file as it is written. Immutable; it keeps every byte, and reading it never fails: what is no spec has no tags.
/// Nothing in it is ever executed.
/// </summary>
public sealed class SpecFile
{
    /// <summary>The most bytes that are looked into.</summary>
    public const int MaximumBytes = 8 * 1024 * 1024;

    /// <summary>The most lines that are looked into.</summary>
    public const int MaximumLines = 400_000;

    private readonly Lazy<IReadOnlyList<SpecTag>> _tags;

    private SpecFile(string text)
    {
        Content = new SpecText(text);
        Problem = FindProblem(Content);
        Outline = new SpecOutline(Problem is null ? Content : new SpecText(""));
        _tags = new Lazy<IReadOnlyList<SpecTag>>(FindTags);
    }

    /// <summary>Why nothing is read from this file; null for any file of a sensible size.</summary>
    public SpecProblem? Problem { get; }

    /// <summary>Number of lines.</summary>
    public int LineCount => Content.Count;

    /// <summary>The parts in their order; the first is the preamble.</summary>
    public IReadOnlyList<SpecSection> Sections => Outline.Sections;

    /// <summary>The macro definitions that begin a line, wherever they stand.</summary>
    public IReadOnlyList<SpecMacroDefinition> MacroDefinitions => Outline.Definitions;

    /// <summary>The tags of the preamble.</summary>
    public IReadOnlyList<SpecTag> Tags => _tags.Value;

    internal SpecText Content { get; }

    internal SpecOutline Outline { get; }

    /// <summary>Reads any bytes.</summary>
    public static SpecFile Parse(ReadOnlyMemory<byte> bytes) => new(Encoding.Latin1.GetString(bytes.Span));

    /// <summary>The file; the very bytes it was made from.</summary>
    public byte[] ToBytes() => Encoding.Latin1.GetBytes(Content.Text);

    /// <summary>The text of a line without its line end, from 1, as UTF-8.</summary>
    public string Line(int number) => Content.Shown(number - 1);

    /// <summary>What the spec says when it is read with these macros.</summary>
    public SpecReading Read(MacroContext macros) => new SpecInterpreter(this, macros).Run().ToReading();

    /// <summary>Expands a text with the macros that are known at the end of the spec.</summary>
    public SpecValue Expand(string text, MacroContext macros) =>
        new SpecInterpreter(this, macros).Run().Value(SpecText.Encode(text), line: -1);

    /// <summary>
    /// The file that holds the changelog, when the <c>%changelog</c> section begins by including one (<c>%include changelog</c>,
    /// <c>%include %{SOURCE3}</c>, <c>%(cat changelog)</c>); null when it does not.
    /// </summary>
    public IncludedChangelog? IncludedChangelog(MacroContext macros) =>
        Sections.FirstOrDefault(static section => section.IsChangelog) is { } section && ChangelogInclude.Find(Content, section) is { } include
            ? ChangelogInclude.Resolve(this, new SpecInterpreter(this, macros).Run(), include)
            : null;

    /// <summary>The entries of <c>%changelog</c>, newest first as they stand; empty when there is none or rpmautospec makes it.</summary>
    public IEnumerable<ChangelogEntry> Changelog() =>
        Sections.FirstOrDefault(static section => section.IsChangelog) is { } section
            ? ChangelogText.Entries(Content, section)
            : [];

    internal static SpecFile FromText(string text) => new(text);

    private static SpecProblem? FindProblem(SpecText text) =>
        text.Text.Length > MaximumBytes || text.Count > MaximumLines
            ? new SpecProblem(
                SpecProblems.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"The spec has {text.Text.Length} bytes in {text.Count} lines; at most {MaximumBytes} bytes and {MaximumLines} lines are read."),
                0,
                "")
            : null;

    private List<SpecTag> FindTags()
    {
        var tags = new List<SpecTag>();
        var definitions = Outline.Definitions.Where(static d => !d.IsCommentedOut).Select(static d => d.Line - 1).ToHashSet();
        for (var line = 0; line < Sections[0].LineCount;)
        {
            // The body of a definition is no preamble, however much it looks like one.
            if (definitions.Contains(line))
            {
                line = Outline.EndOf(line);
                continue;
            }

            if (TagSyntax.TryReadRaw(Content.Line(line), out var name, out var value))
            {
                var start = Content.Start(line);
                var range = new TextRange(start + value.Start, start + value.End);
                tags.Add(new SpecTag(new TextRange(start + name.Start, start + name.End).Of(Content.Text), range.Of(Content.Text), line + 1)
                {
                    Range = range,
                });
            }

            line++;
        }

        return tags;
    }
}
