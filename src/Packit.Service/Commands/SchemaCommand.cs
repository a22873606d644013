using System.CommandLine;
using Packit.PackageConfig;

namespace Packit.Service.Commands;

/// <summary><c>schema</c>: the JSON schema of the package config, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Make(CommandOutput output)
    {
        var json = new Option<bool>("--json") { Description = "Taken for regularity; the schema is JSON in any case." };
        var command = new Command("schema", "Writes the JSON schema of .packit.yaml, for editors that check while one types.") { json };
        command.SetAction(_ =>
        {
            output.WriteLine(PackageConfigSchema.Json().TrimEnd());
            return ExitCodes.Done;
        });
        return command;
    }
}
