using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Packit.Service.Commands;

/// <summary>The help of a command, followed by what every command's exit codes mean.</summary>
internal sealed class HelpWithExitCodes(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>The name under which texts and documents speak of the program.</summary>
    public const string Program = "packit-service";

    /// <summary>Help is asked for to be read, whatever else is wrong with the line.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts it in the place of the help that the root has.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExitCodes((HelpAction)option.Action!);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        help.Invoke(parseResult);
        configuration.Output = output;
        // The file may be called otherwise, or be run by dotnet.
        output.WriteLine(text.ToString().TrimEnd().Replace($"\n  {parseResult.RootCommandResult.Command.Name} ", $"\n  {Program} ", StringComparison.Ordinal));
        output.WriteLine();
        output.WriteLine(ExitCodes.Explanation);
        return ExitCodes.Done;
    }
}
