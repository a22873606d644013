using System.CommandLine;
using System.CommandLine.Parsing;
using Packit.Automation;

namespace Packit.Service.Commands;

/// <summary>The command line of the service: running it, and tools for maintainers and operators.</summary>
public static class CommandLineInterface
{
    /// <summary>Runs one command. Only its result goes to <paramref name="output"/>; messages and logs go to <paramref name="error"/>.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="output">Standard output when null.</param>
    /// <param name="error">Standard error when null. The logs of <c>serve</c> go to the process's own standard error always.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, TextWriter? output = null, TextWriter? error = null, CancellationToken cancellationToken = default)
    {
        var console = new CommandOutput(output ?? Console.Out, error ?? Console.Error, output is null ? Console.OpenStandardOutput : null);
        var parsed = Root(console).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExitCodes)
        {
            foreach (var problem in parsed.Errors)
            {
                console.Say(problem.Message);
            }

            var command = parsed.CommandResult.Command;
            if (command.Subcommands.Count > 0)
            {
                console.Say($"Commands: {string.Join(", ", command.Subcommands.Select(known => known.Name))}.");
            }

            console.Say($"Run '{Path(parsed.CommandResult)} --help' to see what is possible.");
            return ExitCodes.BadInput;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = console.Result,
                Error = console.Messages,
                EnableDefaultExceptionHandler = false,
                // The host of `serve` handles signals and gives running work its time.
                ProcessTerminationTimeout = null,
            },
            cancellationToken);
    }

    private static RootCommand Root(CommandOutput output)
    {
        var config = new Option<string?>("--config")
        {
            Description = "JSON file with the service's settings. Default: the file that PACKIT_CONFIG names. "
                + "Variables such as PACKIT_Database__Provider overrule it.",
            HelpName = "FILE",
            Recursive = true,
        };
        var root = new RootCommand($"Packit.Service {ProductVersion.Text}: carries upstream releases into Fedora.")
        {
            config,
            ServeCommand.Make(output, config),
            MigrateCommand.Make(output, config),
            AllowlistCommands.Make(output, config),
            AliasesCommand.Make(output, config),
            ExplainCommand.Make(output, config),
            PreviewCommand.Make(output, config),
            ConfigCommands.Make(output),
            ValidateCommand.Make(output),
            SchemaCommand.Make(output),
            SpecCommands.Make(output),
            EventCommands.Make(output),
        };
        HelpWithExitCodes.AddTo(root);
        return root;
    }

    private static string Path(CommandResult given) =>
        given.Parent is CommandResult parent ? $"{Path(parent)} {given.Command.Name}" : HelpWithExitCodes.Program;
}
