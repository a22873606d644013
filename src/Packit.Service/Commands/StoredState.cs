using System.Data.Common;
using Microsoft.Extensions.Options;
using Packit.Automation.Storage;
using Packit.Service.Hosting;

namespace Packit.Service.Commands;

/// <summary>For commands that work on the service's database.</summary>
internal static class StoredState
{
    /// <summary>Runs a command with the services that reach the database.</summary>
    public static Task<int> WithDatabaseAsync(CommandOutput output, string? configFile, Func<IServiceProvider, Task<int>> command) =>
        GuardAsync(output, async () =>
        {
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddPackitStorage(ServiceConfiguration.Read(configFile).GetSection("Database"));
            await using var provider = services.BuildServiceProvider();
            return await command(provider);
        });

    /// <summary>Turns what an operator can mend into a message and an exit code. Anything else is a bug and stays an exception.</summary>
    public static async Task<int> GuardAsync(CommandOutput output, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OptionsValidationException invalid)
        {
            output.Say("The configuration cannot be used:");
            foreach (var problem in invalid.Failures)
            {
                output.Say($"  {problem}");
            }

            return ExitCodes.BadInput;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            output.Say($"The configuration cannot be read: {wrong.Message}");
            return ExitCodes.BadInput;
        }
        catch (InvalidOperationException wrong) when (wrong.InnerException is not null)
        {
            // A value that does not fit its option, or a file with a secret that is not there: the text names it.
            output.Say($"The configuration cannot be used: {wrong.Message}");
            return ExitCodes.BadInput;
        }
        catch (Exception away) when (away is DbException or TimeoutException)
        {
            output.Say($"The database cannot be used: {away.Message} Check the section 'Database' of the configuration, and run 'migrate' if it is new.");
            return ExitCodes.Unreachable;
        }
    }
}
