namespace Packit.Specfile;

/// <summary>One entry of a <c>%changelog</c> section, as written: nothing is expanded.</summary>
/// <param name="Header">The line that begins with a star.</param>
/// <param name="Text">The lines that follow, without empty ones, joined by newlines.</param>
/// <param name="Line">Where the header stands, from 1.</param>
public sealed record ChangelogEntry(string Header, string Text, int Line);
