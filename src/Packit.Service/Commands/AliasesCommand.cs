using System.CommandLine;
using System.Globalization;
using Packit.Automation.Releases;
using Packit.Automation.Storage;

namespace Packit.Service.Commands;

/// <summary><c>aliases</c>: what branch aliases mean to the service today.</summary>
internal static class AliasesCommand
{
    public static Command Make(CommandOutput output, Option<string?> config)
    {
        var json = CommandWords.Json();
        var command = new Command("aliases", "Shows what branch aliases such as fedora-all mean to the service today, Rawhide first.") { json };
        command.SetAction((parsed, cancellationToken) => StoredState.WithDatabaseAsync(output, parsed.GetValue(config), async services =>
        {
            await using var database = services.GetRequiredService<IPackitDbFactory>().Create();
            var dated = await StoredReleases.AliasesAsync(database, cancellationToken);
            if (parsed.GetValue(json))
            {
                WriteJson(output, dated);
                return ExitCodes.Done;
            }

            foreach (var (name, branches) in dated.Aliases.All)
            {
                output.WriteLine($"{name,-22} {string.Join(' ', branches)}".TrimEnd());
            }

            output.Say(dated.FetchedAt is null ? $"By the list of {Date(dated)} that ships with this version." : $"By Bodhi's list of {Date(dated)}.");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static void WriteJson(CommandOutput output, DatedAliases dated) => output.WriteJson(writer =>
    {
        writer.WriteString("source", dated.FetchedAt is null ? "built-in" : "bodhi");
        writer.WriteString("date", Date(dated));
        writer.WriteStartObject("aliases");
        foreach (var (name, branches) in dated.Aliases.All)
        {
            writer.WriteStartArray(name);
            foreach (var branch in branches)
            {
                writer.WriteStringValue(branch);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });

    private static string Date(DatedAliases dated) => dated.FetchedAt is { } at
        ? at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
        : dated.Aliases.Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
