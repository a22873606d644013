using System.CommandLine;
using System.Text.Json;
using Packit.PackageConfig;

namespace Packit.Service.Commands;

/// <summary><c>validate</c>: whether a package config can be used, and what is wrong with it.</summary>
internal static class ValidateCommand
{
    private const string Human = "human";
    private const string JsonFormat = "json";
    private const string GitHub = "github";

    public static Command Make(CommandOutput output)
    {
        var place = new Argument<string>("FILE|DIR")
        {
            Description = "The package config, or the folder that holds it. '-' is standard input.",
            DefaultValueFactory = _ => ".",
        };
        var json = CommandWords.Json();
        var format = new Option<string>("--format")
        {
            Description = "'human' shows each problem with its line; 'github' makes annotations in a workflow of GitHub Actions; 'json' is --json.",
            DefaultValueFactory = _ => Human,
        };
        format.AcceptOnlyFromAmong(Human, JsonFormat, GitHub);
        var name = new Option<string?>("--repo-name") { Description = "Name of the repository. Default: the folder of the file.", HelpName = "NAME" };
        var command = new Command("validate", "Checks a package config (.packit.yaml) and shows all problems at once. Warnings do not make it invalid.")
        {
            place, json, format, name,
        };
        command.SetAction((parsed, cancellationToken) => ValidateAsync(
            output, parsed.GetRequiredValue(place), parsed.GetValue(name), parsed.GetValue(json) ? JsonFormat : parsed.GetRequiredValue(format), cancellationToken));
        return command;
    }

    private static async Task<int> ValidateAsync(
        CommandOutput output, string place, string? repositoryName, string format, CancellationToken cancellationToken)
    {
        if (Find(place) is not { } file)
        {
            return output.Unreadable(
                place, $"The folder holds no package config; it would be one of {string.Join(", ", ConfigFileNames.InOrder)}.", format == JsonFormat);
        }

        var (bytes, problem) = await InputFile.ReadAsync(file, cancellationToken);
        if (bytes is null)
        {
            return output.Unreadable(file, problem, format == JsonFormat);
        }

        var reading = ConfigFile.Read(file, bytes, repositoryName);
        switch (format)
        {
            case JsonFormat:
                WriteJson(output, file, reading);
                break;
            case GitHub:
                output.WriteLines(ProblemText.GitHubAnnotations(reading.Problems, file));
                break;
            default:
                output.WriteLines(ProblemText.Human(reading.Problems, file, bytes));
                output.WriteLine(Summary(file, reading));
                break;
        }

        return reading.IsValid ? ExitCodes.Done : ExitCodes.No;
    }

    private static string? Find(string place)
    {
        if (!Directory.Exists(place))
        {
            return place;
        }

        var names = Directory.EnumerateFiles(place).Select(path => Path.GetFileName(path));
        return ConfigFileNames.Choose(names) is { } name ? place == "." ? name : Path.Combine(place, name) : null;
    }

    private static string Summary(string file, ConfigReading reading)
    {
        var errors = reading.Problems.Count(problem => problem.Severity == ConfigSeverity.Error);
        var warnings = reading.Problems.Count - errors;
        var counts = (errors, warnings) switch
        {
            (0, 0) => "",
            (0, _) => $" ({Count(warnings, "warning")})",
            (_, 0) => $" ({Count(errors, "error")})",
            _ => $" ({Count(errors, "error")}, {Count(warnings, "warning")})",
        };
        return $"{file} is {(reading.IsValid ? "valid" : "not valid")}{counts}";
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static void WriteJson(CommandOutput output, string file, ConfigReading reading) => output.WriteJson(writer =>
    {
        writer.WriteString("file", file);
        using var document = JsonDocument.Parse(PackageConfigJson.Write(reading with { Config = null }));
        writer.WriteBoolean("ok", reading.IsValid);
        writer.WritePropertyName("problems");
        document.RootElement.GetProperty("problems").WriteTo(writer);
    });
}
