namespace Packit.PackageConfig;

/// <summary>One command of an action. It is run without a shell.</summary>
/// <param name="Text">The command as written; for the list form its words joined by spaces.</param>
/// <param name="Argv">The command's words; empty when <paramref name="Text"/> cannot be split (a quote is not closed), then it must not be run.</param>
public sealed record ActionCommand(string Text, IReadOnlyList<string> Argv);
