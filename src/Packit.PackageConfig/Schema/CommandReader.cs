using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Schema;

/// <summary>Reads the commands of an action: a string, a list of strings, or a list of word lists.</summary>
internal static class CommandReader
{
    public static IReadOnlyList<ActionCommand> Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        switch (node)
        {
            case YamlScalar { ScalarKind: ScalarKind.Null }:
                return [];
            case YamlScalar scalar:
                return [Split(scalar, path, problems)];
            case YamlSequence sequence:
                var commands = new List<ActionCommand>(sequence.Items.Count);
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    if (ReadItem(sequence.Items[i], path.Index(i), problems) is { } command)
                    {
                        commands.Add(command);
                    }
                }

                return commands;
            default:
                problems.Error(
                    ProblemCodes.WrongType, node, path, $"Expected a command or a list of commands, but this is {node.Kind}.",
                    "A command with a colon and a space in it needs quotes around it.");
                return [];
        }
    }

    private static ActionCommand? ReadItem(YamlNode node, ConfigPath path, ProblemList problems)
    {
        switch (node)
        {
            case YamlScalar { ScalarKind: not ScalarKind.Null } scalar:
                return Split(scalar, path, problems);
            case YamlSequence words when words.Items.Count > 0 && words.Items.All(w => w is YamlScalar):
                string[] argv = [.. words.Items.Select(w => ((YamlScalar)w).Text)];
                return new ActionCommand(string.Join(' ', argv), argv);
            default:
                problems.Error(
                    ProblemCodes.WrongType, node, path, $"Expected a command, but this is {node.Kind}.",
                    "Write a string, or a list of words; a command with a colon and a space in it needs quotes around it.");
                return null;
        }
    }

    private static ActionCommand Split(YamlScalar scalar, ConfigPath path, ProblemList problems)
    {
        if (ShellWords.Split(scalar.Text) is { } argv)
        {
            return new ActionCommand(scalar.Text, argv);
        }

        problems.Warning(
            ProblemCodes.Command, scalar, path, "The command has a quote or backslash without its other half, so that it cannot run.", "Close the quote.");
        return new ActionCommand(scalar.Text, []);
    }
}
