namespace Packit.Specfile;

/// <summary>
/// A value as written, as a pattern for other values of the same shape: <c>1.%{minor}.5</c> fits <c>2.7.0</c> with the minor 7, the
/// literals 2 and 0. What macros and literals have to become follows from the fit.
/// </summary>
internal sealed class VersionPattern
{
    private const int MaximumSteps = 20_000;
    private const int MaximumPieces = 100;

    private readonly List<Piece> _pieces;
    private int _steps;

    private VersionPattern(List<Piece> pieces) => _pieces = pieces;

    private enum PieceKind
    {
        /// <summary>Text that has to be there as it is; written as something that is not touched.</summary>
        Fixed,

        /// <summary>A literal that may become any text.</summary>
        Free,

        /// <summary>A macro whose definition may become any text.</summary>
        Macro,
    }

    /// <summary>Which definitions have to be switched on or off for the pattern to hold.</summary>
    public required IReadOnlySet<string> Flips { get; init; }

    /// <summary>
    /// Makes the pattern of a value; null when parts of it are unknown or stand too close together to be told apart.
    /// </summary>
    /// <param name="nodes">The value.</param>
    /// <param name="modifiable">Names of the macros that may be changed.</param>
    /// <param name="flippable">Names of those that may be switched on or off.</param>
    /// <param name="expand">What a part comes to now; null when that is unknown.</param>
    public static VersionPattern? TryCreate(
        IReadOnlyList<ValueNode> nodes, IReadOnlySet<string> modifiable, IReadOnlySet<string> flippable, Func<string, string?> expand)
    {
        var tokens = new VersionTokens(modifiable, flippable, expand);
        return tokens.TryAdd(nodes) && tokens.TryJoin() is { Count: <= MaximumPieces } joined
            ? new VersionPattern(Pieces(joined)) { Flips = tokens.Flips }
            : null;
    }

    /// <summary>
    /// Fits a version to the pattern.
    /// </summary>
    /// <param name="version">The wanted value.</param>
    /// <param name="macros">What each macro has to become, in the order of their first use.</param>
    /// <param name="written">The value with its literals changed.</param>
    public bool TryFit(string version, out IReadOnlyList<(string Name, string Value)> macros, out string written)
    {
        var fits = new string?[_pieces.Count];
        _steps = 0;
        if (!Fit(version, 0, 0, fits))
        {
            macros = [];
            written = "";
            return false;
        }

        var values = new List<(string, string)>();
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < _pieces.Count; i++)
        {
            var piece = _pieces[i];
            text.Append(piece.Kind == PieceKind.Free ? fits[i] : piece.Written);
            if (piece.Kind == PieceKind.Macro && FirstUse(i) == i)
            {
                values.Add((piece.Text, fits[i]!));
            }
        }

        macros = values;
        written = text.ToString();
        return true;
    }

    /// <summary>Macros take as much as they can, literals as little.</summary>
    private bool Fit(string version, int at, int index, string?[] fits)
    {
        if (++_steps > MaximumSteps)
        {
            return false;
        }

        if (index == _pieces.Count)
        {
            return at == version.Length;
        }

        var piece = _pieces[index];
        var first = FirstUse(index);
        if (piece.Kind == PieceKind.Fixed || first < index)
        {
            var text = piece.Kind == PieceKind.Fixed ? piece.Text : fits[first]!;
            fits[index] = text;
            return string.CompareOrdinal(version, at, text, 0, text.Length) == 0 && at + text.Length <= version.Length
                && Fit(version, at + text.Length, index + 1, fits);
        }

        var longest = version.Length - at;
        for (var i = 0; i < longest; i++)
        {
            var length = piece.Kind == PieceKind.Macro ? longest - i : i + 1;
            fits[index] = version.Substring(at, length);
            if (Fit(version, at + length, index + 1, fits))
            {
                return true;
            }
        }

        return false;
    }

    private int FirstUse(int index)
    {
        var piece = _pieces[index];
        return piece.Kind == PieceKind.Macro
            ? _pieces.FindIndex(other => other.Kind == PieceKind.Macro && other.Text == piece.Text)
            : index;
    }

    private static List<Piece> Pieces(IReadOnlyList<VersionToken> tokens)
    {
        var pieces = new List<Piece>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            switch (token.Kind)
            {
                case VersionToken.Kinds.Constant:
                    pieces.Add(new Piece(PieceKind.Fixed, token.Text, token.Written));
                    break;
                case VersionToken.Kinds.Macro:
                    pieces.Add(new Piece(PieceKind.Macro, token.Text, token.Written));
                    break;
                default:
                    AddLiteral(pieces, token.Text, IsMacroNear(tokens, i, -1), IsMacroNear(tokens, i, +1));
                    break;
            }
        }

        return pieces;
    }

    /// <summary>
    /// Between a literal and a macro one separator stays as it is, with the word next to the macro, so that both can be told apart.
    /// </summary>
    private static void AddLiteral(List<Piece> pieces, string text, bool macroBefore, bool macroAfter)
    {
        var from = 0;
        if (macroBefore)
        {
            while (from < text.Length && MacroSyntax.IsNameChar(text[from]))
            {
                from++;
            }

            from++;
        }

        var to = text.Length;
        if (macroAfter)
        {
            do
            {
                to--;
            }
            while (to >= 0 && MacroSyntax.IsNameChar(text[to]));
        }

        if (from > to || from > text.Length)
        {
            pieces.Add(new Piece(PieceKind.Fixed, text, text));
            return;
        }

        pieces.Add(new Piece(PieceKind.Fixed, text[..from], text[..from]));
        if (to > from)
        {
            pieces.Add(new Piece(PieceKind.Free, "", text[from..to]));
        }

        pieces.Add(new Piece(PieceKind.Fixed, text[to..], text[to..]));
    }

    private static bool IsMacroNear(IReadOnlyList<VersionToken> tokens, int index, int step)
    {
        for (var i = index + step; i >= 0 && i < tokens.Count; i += step)
        {
            if (tokens[i].Kind == VersionToken.Kinds.Macro)
            {
                return true;
            }

            if (tokens[i].Kind == VersionToken.Kinds.Literal || tokens[i].Text.Length > 0)
            {
                return false;
            }
        }

        return false;
    }

    private readonly record struct Piece(PieceKind Kind, string Text, string Written);
}
