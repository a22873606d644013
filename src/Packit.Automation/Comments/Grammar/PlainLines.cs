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
/// The parser takes quadratic time for some orders of signs, lines and marks. So only paragraphs with a command in them are looked into, and a comment that could take
/// long is not read at all.
/// </remarks>
internal static class PlainLines
{
    /// <summary>How many lines there may be that are not blank.</summary>
    private const int MostLines = 5000;

    /// <summary>How many marks of lists and quotes may stand at the beginning of a line; each nests what follows.</summary>
    private const int MostMarks = 50;

    /// <summary>What paragraphs with commands may have together: for each the number of its signs of markup times that of its characters.</summary>
    private const long MostWork = 4_000_000;

    private static readonly SearchValues<char> Signs = SearchValues.Create("[]*_<`|\\");

    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Finds those that are meant as commands.</summary>
    /// <param name="text">Markdown with plain line feeds.</param>
    /// <param name="prefix">First word of a command.</param>
    /// <returns>Where the prefix begins in each; null when the markup is nested too deeply, or there is too much of it.</returns>
    public static IReadOnlyList<int>? Find(string text, string prefix)
    {
        if (IsTooMuch(text))
        {
            return null;
        }

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

        if (search.Work > MostWork)
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
            search.Work += Work(leaf);
            leaf.ProcessInlines = search.Work <= MostWork;
            search.Blocks.Add(leaf);
        }
    }

    private static long Work(LeafBlock leaf)
    {
        var (signs, characters) = (0L, 0L);
        foreach (var line in leaf.Lines.Lines.AsSpan(0, leaf.Lines.Count))
        {
            var rest = line.Slice.AsSpan();
            characters += rest.Length;
            while (rest.IndexOfAny(Signs) is var at and >= 0)
            {
                signs++;
                rest = rest[(at + 1)..];
            }
        }

        return signs * characters;
    }

    private static bool IsTooMuch(string text)
    {
        var lines = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var rest = text.AsSpan()[range].Trim();
            lines += rest.IsEmpty ? 0 : 1;
            var marks = 0;
            while (rest is ['>', ..] || CommandLines.ListMark(rest) > 0)
            {
                rest = rest[Math.Max(1, CommandLines.ListMark(rest))..].TrimStart();
                marks++;
            }

            if (lines > MostLines || marks > MostMarks)
            {
                return true;
            }
        }

        return false;
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

        public long Work { get; set; }

        public List<int> Starts { get; } = [];

        public List<LeafBlock> Blocks { get; } = [];
    }
}
