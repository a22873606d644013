namespace Packit.Specfile;

/// <summary>A macro definition that begins a line, as written; also one that is commented out.</summary>
/// <param name="Name">The macro's name.</param>
/// <param name="Options">The getopt string of a parametric macro; null for a plain one.</param>
/// <param name="Body">The body as written, unexpanded, with the lines that belong to it.</param>
/// <param name="IsGlobal"><c>%global</c>, not <c>%define</c>.</param>
/// <param name="IsCommentedOut">Written as <c>#global</c>, <c>#define</c> or behind <c>%dnl</c>.</param>
/// <param name="Line">Where it begins, from 1.</param>
public sealed record SpecMacroDefinition(string Name, string? Options, string Body, bool IsGlobal, bool IsCommentedOut, int Line)
{
    /// <summary>Where the body stands in the text.</summary>
    internal TextRange Range { get; init; }

    /// <summary>Where the percent or hash sign, or the <c>%dnl</c> before it, stands; and where the keyword after the sign begins.</summary>
    internal TextRange Sign { get; init; }
}
