using System.CommandLine;
using Packit.Specfile;

namespace Packit.Service.Commands;

/// <summary><c>spec show</c> and <c>spec update</c>: what the service reads from a spec file and what it would make of it.</summary>
internal static class SpecCommands
{
    public static Command Make(CommandOutput output) => new("spec", "Looks at RPM spec files and edits them as a release does. Nothing in a spec is executed, except by --rpm, and then confined.")
    {
        Show(output), SpecUpdateCommand.Make(output),
    };

    /// <summary>The macros of <c>--define</c>; null, with a message, when one is no definition.</summary>
    public static MacroContext? Macros(CommandOutput output, IEnumerable<string>? definitions)
    {
        var macros = MacroContext.Empty;
        foreach (var definition in definitions ?? [])
        {
            if (!macros.TryDefine(definition, out macros))
            {
                output.Say($"--define '{definition}' is no macro: write the name, a blank and the value, such as 'fedora 40'.");
                return null;
            }
        }

        return macros;
    }

    private static Command Show(CommandOutput output)
    {
        var files = CommandWords.Files("The spec files.");
        var json = CommandWords.Json();
        var define = CommandWords.Define();
        var rpm = new Option<bool>("--rpm")
        {
            Description = "Ask this machine's rpm for what is known only when the spec's code is run; bubblewrap confines it, without network and environment.",
        };
        var command = new Command("show", "Shows what spec files say: version, release, sources and patches, as written and with macros expanded.")
        {
            files, json, define, rpm,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (Macros(output, parsed.GetValue(define)) is not { } macros)
            {
                return ExitCodes.BadInput;
            }

            var worst = ExitCodes.Done;
            var asked = parsed.GetValue(rpm) ? new SpecRpm() : null;
            foreach (var file in parsed.GetRequiredValue(files))
            {
                worst = Math.Max(worst, await ShowAsync(output, file, macros, asked, parsed.GetValue(json), cancellationToken));
            }

            return worst;
        });
        return command;
    }

    private static async Task<int> ShowAsync(CommandOutput output, string file, MacroContext macros, SpecRpm? rpm, bool json, CancellationToken cancellationToken)
    {
        var (bytes, problem) = await InputFile.ReadAsync(file, cancellationToken);
        if (bytes is null)
        {
            return output.Unreadable(file, problem, json);
        }

        var spec = SpecFile.Parse(bytes);
        var reading = spec.Read(macros);
        if (rpm is not null)
        {
            (reading, var why) = await rpm.CompleteAsync(file, bytes, reading, macros, cancellationToken);
            if (why is not null)
            {
                output.Say($"{file}: {why}");
            }
        }

        if (json)
        {
            output.WriteJson(writer =>
            {
                writer.WriteString("file", file);
                SpecJson.Write(writer, spec, reading, macros);
            });
        }
        else
        {
            SpecText.Write(output, file, spec, reading);
        }

        return SpecJson.IsComplete(spec, reading) ? ExitCodes.Done : ExitCodes.No;
    }
}
