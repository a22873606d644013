namespace Packit.Specfile;

/// <summary>The open <c>%if</c> blocks at one point of a spec, and whether its lines count there (rpm: <c>readLine</c>).</summary>
internal sealed class Conditions(MacroExpander expander)
{
    private readonly Stack<Block> _blocks = new();

    /// <summary>Whether lines at this point count.</summary>
    public bool Reading { get; private set; } = true;

    /// <summary>The condition that could not be decided and that this point depends on; null when all were decided.</summary>
    public UnknownPiece? Undecided { get; private set; }

    /// <summary>Takes a line if it is a condition's. Unknown conditions count as false, and what depends on them is marked.</summary>
    public bool TryTake(string line, int index)
    {
        var text = line.AsSpan().TrimStart(" \t");
        if (text.IsEmpty || text[0] != '%')
        {
            return false;
        }

        var end = 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        if (!MacroSyntax.IsWordEnd(text, end))
        {
            return false;
        }

        var rest = text[end..].ToString();
        var keyword = text[1..end];
        switch (keyword)
        {
            case "if" or "ifarch" or "ifnarch" or "ifos" or "ifnos":
                Open(keyword, rest, index);
                return true;
            case "elif" or "elifarch" or "elifos":
                Otherwise(keyword[2..], rest, index);
                return true;
            case "else":
                Otherwise(default, rest, index);
                return true;
            case "endif":
                _blocks.TryPop(out _);
                Update();
                return true;
            default:
                return false;
        }
    }

    private void Open(ReadOnlySpan<char> keyword, string condition, int index)
    {
        var block = new Block { Outer = Reading, Undecided = Undecided };
        if (Reading)
        {
            Decide(block, keyword, condition, index);
        }

        _blocks.Push(block);
        Update();
    }

    private void Otherwise(ReadOnlySpan<char> keyword, string condition, int index)
    {
        if (!_blocks.TryPeek(out var block))
        {
            return;
        }

        var wanted = block.Outer && !block.Done;
        block.Applies = false;
        if (wanted && keyword.IsEmpty)
        {
            block.Applies = block.Done = true;
        }
        else if (wanted)
        {
            Decide(block, keyword, condition, index);
        }

        Update();
    }

    private void Decide(Block block, ReadOnlySpan<char> keyword, string condition, int index)
    {
        expander.Line = index;
        var expanded = expander.Expand(Joined(condition));
        bool truth;
        if (keyword is "if")
        {
            if (UnknownText.IsIn(expanded))
            {
                block.Undecided ??= expander.Unknown.FirstIn(expanded);
                return;
            }

            if (!MacroExpression.TryEvaluate(expanded, expander, out var value))
            {
                block.Undecided ??= new UnknownPiece(value.Text, condition.Trim(), index);
                return;
            }

            truth = value.IsTrue;
        }
        else
        {
            var here = expander.Expand(keyword.EndsWith("arch") ? "%{_target_cpu}" : "%{_target_os}");
            var listed = expanded.Split([' ', '\t', ',', '\n'], StringSplitOptions.RemoveEmptyEntries).Contains(here, StringComparer.Ordinal);
            truth = listed != keyword.StartsWith("ifn");
        }

        block.Applies = block.Done = truth;
    }

    /// <summary>A condition may go on behind a backslash.</summary>
    private static string Joined(string condition) =>
        condition.Contains('\\', StringComparison.Ordinal)
            ? condition.Replace("\\\r\n", " ", StringComparison.Ordinal).Replace("\\\n", " ", StringComparison.Ordinal)
            : condition;

    private void Update()
    {
        Reading = !_blocks.TryPeek(out var block) || (block.Outer && block.Applies);
        Undecided = block?.Undecided;
    }

    private sealed class Block
    {
        public bool Outer { get; init; }

        public bool Applies { get; set; }

        public bool Done { get; set; }

        public UnknownPiece? Undecided { get; set; }
    }
}
