using System.CommandLine;
using Packit.Automation.Storage;

namespace Packit.Service.Commands;

/// <summary><c>migrate</c>: brings the database up to date.</summary>
internal static class MigrateCommand
{
    public static Command Make(CommandOutput output, Option<string?> config)
    {
        var json = CommandWords.Json();
        var command = new Command("migrate", "Brings the database up to date and names the migrations that were applied. "
            + "Safe to repeat and to run beside others.") { json };
        command.SetAction((parsed, cancellationToken) => StoredState.WithNewDatabaseAsync(output, parsed.GetValue(config), async services =>
        {
            var applied = await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                output.WriteJson(writer =>
                {
                    writer.WriteStartArray("applied");
                    foreach (var migration in applied)
                    {
                        writer.WriteStringValue(migration);
                    }

                    writer.WriteEndArray();
                });
                return ExitCodes.Done;
            }

            foreach (var migration in applied)
            {
                output.WriteLine(migration);
            }

            output.Say(applied.Count == 0 ? "The database is up to date." : $"The database is up to date now; {applied.Count} migrations were applied.");
            return ExitCodes.Done;
        }));
        return command;
    }
}
