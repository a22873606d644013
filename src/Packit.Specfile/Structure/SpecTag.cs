namespace Packit.Specfile;

/// <summary>A tag of the preamble as written, also one in a branch that does not apply.</summary>
/// <param name="Name">As written, for instance <c>Version</c> or <c>Source10</c>.</param>
/// <param name="Value">Everything after the colon and the blanks behind it, unexpanded.</param>
/// <param name="Line">Where it stands, from 1.</param>
public sealed record SpecTag(string Name, string Value, int Line)
{
    /// <summary>Where the value stands in the text.</summary>
    internal TextRange Range { get; init; }

    internal bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
