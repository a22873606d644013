using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Packit.Automation;
using Packit.Automation.Storage;
using Packit.Service.Hosting;

namespace Packit.Service.Commands;

/// <summary>For commands that work on the service's database.</summary>
internal static class StoredState
{
    /// <summary>Runs a command with the services that reach the database, which must be there.</summary>
    public static Task<int> WithDatabaseAsync(CommandOutput output, string? configFile, Func<IServiceProvider, Task<int>> command) =>
        RunAsync(output, configFile, mayMakeFile: false, command);

    /// <summary>Runs a command that makes the database when it is a file and not there yet.</summary>
    public static Task<int> WithNewDatabaseAsync(CommandOutput output, string? configFile, Func<IServiceProvider, Task<int>> command) =>
        RunAsync(output, configFile, mayMakeFile: true, command);

    private static Task<int> RunAsync(CommandOutput output, string? configFile, bool mayMakeFile, Func<IServiceProvider, Task<int>> command) =>
        GuardAsync(output, async () =>
        {
            var services = new ServiceCollection();
            services.AddLogging();
            var configuration = ServiceConfiguration.Read(configFile);
            services.AddPackitStorage(configuration.GetSection("Database"));
            services.AddServiceOptions(configuration);
            await using var provider = services.BuildServiceProvider();
            if (!mayMakeFile && MissingFile(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value) is { } file)
            {
                output.Say($"There is no database {file}. Name the service's settings with --config or PACKIT_CONFIG, or make the database with 'migrate'.");
                return ExitCodes.Unreachable;
            }

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
            return SayInvalid(output, [invalid]);
        }
        catch (AggregateException several) when (several.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return SayInvalid(output, several.InnerExceptions.OfType<OptionsValidationException>());
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

    /// <summary>The file that opening the database would make, empty, in a folder where nobody wants it; null when there is one, or it is on a server.</summary>
    private static string? MissingFile(DatabaseOptions options)
    {
        if (options.Provider != DatabaseProvider.Sqlite)
        {
            return null;
        }

        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource);
        return File.Exists(file) ? null : file;
    }

    private static int SayInvalid(CommandOutput output, IEnumerable<OptionsValidationException> sections)
    {
        output.Say("The configuration cannot be used:");
        foreach (var problem in sections.SelectMany(section => section.Failures))
        {
            output.Say($"  {OwnWords(problem)}");
        }

        return ExitCodes.BadInput;
    }

    // The framework wraps what the option itself says: … with the error: 'GitHub:AppId is missing.'.
    private static string OwnWords(string problem)
    {
        const string Wrapping = "with the error: '";
        var start = problem.IndexOf(Wrapping, StringComparison.Ordinal);
        return start < 0 ? problem : problem[(start + Wrapping.Length)..].TrimEnd('.').TrimEnd('\'');
    }
}
