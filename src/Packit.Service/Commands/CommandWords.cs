using System.CommandLine;

namespace Packit.Service.Commands;

/// <summary>Options and arguments that several commands share.</summary>
internal static class CommandWords
{
    public static Option<bool> Json() => new("--json") { Description = "Write JSON, one document a line; with files, 'file' is its first field." };

    public static Argument<string[]> Files(string description) =>
        new("FILE") { Description = $"{description} '-' is standard input.", Arity = ArgumentArity.OneOrMore };

    public static Option<string[]> Define() => new("--define")
    {
        Description = "A macro to read the spec with, as rpm takes it: 'fedora 40'. May be repeated.",
        HelpName = "MACRO EXPR",
    };
}
