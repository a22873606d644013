using System.Buffers;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Packit.Automation.Comments.Grammar;

/// <summary>
/// Finds the lines of a comment that a reader sees as text, in paragraphs and items of lists: not in code, quotes, HTML, tables, or in the texts and titles of links and
/// images (CommonMark; GitHub Flavored Markdown: tables). A line that goes on with a quote without its sign belongs to the quote.
/// </summary>
/// <remarks>
/// Blocks are read in linear time. What is inside of a paragraph is not: some orders of brackets take quadratic time. So only paragraphs with a command in them are looked
/// into, up to a number of signs; a comment with more than that is not read.
/// </remarks>
internal static class PlainLines
{
    /// <summary>How many signs of markup there may be, in all paragraphs with commands together.</summary>
    private const int MostSigns = 1000;

    private static readonly SearchValues<char> Signs = SearchValues.Create("[]*_<`|\\");

    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Finds those that are meant as commands.</summary>
    /// <param name="text">Markdown with plain line feeds.</param>
    /// <param name="prefix">First word of a command.</param>
    /// <returns>Where the prefix begins in each; null when the markup is nested too deeply, or there is too much of it.</returns>
    public static IReadOnlyList<int>? Find(string text, string prefix)
    {
        var search = new Search(prefix);
        var context = new MarkdownParserContext();
        context.Properties[typeof(Search)] = search;
        MarkdownDocument document;
        try
        {
            // A carriage return alone would end a line, and a NUL become a character that is seen.
            document = Markdown.Parse(text.Replace('\r', ' ').Replace('\0', '\u200B'), Pipeline, context);
        }
        catch (ArgumentException)
        {
            // The parser's word for markup that is nested more than 128 deep.
            return null;
        }

        if (search.Signs > MostSigns)
        {
            return null;
        }

        List<(int Start, int End)> plain = [];
        foreach (var block in search.Blocks.Where(block => IsIn(block, document) && block.Inline is not null))
        {
            Collect(block.Inline!, plain);
        }

        plain.Sort();
        return [.. search.Starts.Order().Where(start => IsAmong(plain, start))];
    }

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables();
        builder.BlockParsers.FindExact<ParagraphBlockParser>()!.Closed += LookAt;
        builder.BlockParsers.FindExact<HeadingBlockParser>()!.Closed += (_, block) => ((LeafBlock)block).ProcessInlines = false;
        return builder.Build();
    }

    /// <summary>Decides about a paragraph, or the text above the line of a heading, when its last line is known.</summary>
    private static void LookAt(BlockProcessor processor, Block block)
    {
        var search = (Search)processor.Context!.Properties[typeof(Search)];
        if (block is not LeafBlock { Lines.Lines: not null } leaf)
        {
            return;
        }

        leaf.ProcessInlines = false;
        if (IsQuoted(block))
        {
            return;
        }

        var known = search.Starts.Count;
        foreach (var line in leaf.Lines.Lines.AsSpan(0, leaf.Lines.Count))
        {
            var start = CommandLines.StartOf(line.Slice.AsSpan(), search.Prefix);
            if (start >= 0)
            {
                search.Starts.Add(line.Slice.Start + start);
            }
        }

        if (search.Starts.Count > known)
        {
            search.Signs += Count(leaf);
            leaf.ProcessInlines = search.Signs <= MostSigns;
            search.Blocks.Add(leaf);
        }
    }

    private static int Count(LeafBlock leaf)
    {
        var signs = 0;
        foreach (var line in leaf.Lines.Lines.AsSpan(0, leaf.Lines.Count))
        {
            var rest = line.Slice.AsSpan();
            while (rest.IndexOfAny(Signs) is var at and >= 0)
            {
                signs++;
                rest = rest[(at + 1)..];
            }
        }

        return signs;
    }

    private static bool IsQuoted(Block block)
    {
        for (var parent = block.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is QuoteBlock)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a block is still there: one that became a table is not.</summary>
    private static bool IsIn(Block block, MarkdownDocument document)
    {
        ContainerBlock? parent = block.Parent;
        while (parent?.Parent is not null)
        {
            parent = parent is Table ? null : parent.Parent;
        }

        return ReferenceEquals(parent, document);
    }

    private static void Collect(ContainerInline container, List<(int Start, int End)> plain)
    {
        foreach (var inline in container)
        {
            if (inline is LiteralInline literal)
            {
                plain.Add((literal.Span.Start, literal.Span.End));
            }
            else if (inline is ContainerInline inner and not LinkInline)
            {
                Collect(inner, plain);
            }
        }
    }

    private static bool IsAmong(List<(int Start, int End)> spans, int position)
    {
        var (low, high) = (0, spans.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (position < spans[middle].Start)
            {
                high = middle - 1;
            }
            else if (position > spans[middle].End)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What was found so far in one comment.</summary>
    private sealed class Search(string prefix)
    {
        public string Prefix => prefix;

        public int Signs { get; set; }

        public List<int> Starts { get; } = [];

        public List<LeafBlock> Blocks { get; } = [];
    }
}
