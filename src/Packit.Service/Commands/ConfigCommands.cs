using System.CommandLine;
using System.Text.Json;
using Packit.PackageConfig;

namespace Packit.Service.Commands;

/// <summary><c>config show</c>: what the service understands of a package config.</summary>
internal static class ConfigCommands
{
    public static Command Make(CommandOutput output) => new("config", "Looks at package configs (.packit.yaml).") { Show(output) };

    private static Command Show(CommandOutput output)
    {
        var files = CommandWords.Files("The package configs.");
        var json = CommandWords.Json();
        var name = new Option<string?>("--repo-name") { Description = "Name of the repository, the default of package names. Default: the folder of the file.", HelpName = "NAME" };
        var names = new Option<string?>("--repo-names")
        {
            Description = "A table for many files: file, tab, repository ('owner/name' or 'name') a line; further columns are skipped.",
            HelpName = "TSV",
        };
        var command = new Command("show", "Shows the normal form of package configs: one entry per job and package.")
        {
            files, json, name, names,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var table = RepositoryNames.Empty;
            if (parsed.GetValue(names) is { } tableFile)
            {
                var (bytes, problem) = await InputFile.ReadAsync(tableFile, cancellationToken);
                if (bytes is null)
                {
                    output.Say($"{tableFile}: {problem}");
                    return ExitCodes.BadInput;
                }

                table = RepositoryNames.Read(bytes);
            }

            var worst = ExitCodes.Done;
            foreach (var file in parsed.GetRequiredValue(files))
            {
                var repository = table.Of(file) ?? parsed.GetValue(name);
                worst = Math.Max(worst, await ShowAsync(output, file, repository, parsed.GetValue(json), cancellationToken));
            }

            return worst;
        });
        return command;
    }

    private static async Task<int> ShowAsync(CommandOutput output, string file, string? repositoryName, bool json, CancellationToken cancellationToken)
    {
        var (bytes, problem) = await InputFile.ReadAsync(file, cancellationToken);
        if (bytes is null)
        {
            return output.Unreadable(file, problem, json);
        }

        var reading = ConfigFile.Read(file, bytes, repositoryName);
        if (json)
        {
            output.WriteJson(writer =>
            {
                writer.WriteString("file", file);
                using var document = JsonDocument.Parse(PackageConfigJson.Write(reading));
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    property.WriteTo(writer);
                }
            });
        }
        else
        {
            output.SayLines(ProblemText.Human(reading.Problems, file, bytes));
            if (reading.Config is { } config)
            {
                output.WriteLine($"# {file}");
                output.WriteLine(PackageConfigJson.Write(config));
            }
        }

        return reading.IsValid ? ExitCodes.Done : ExitCodes.No;
    }
}
