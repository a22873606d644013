namespace Packit.Service.Hosting;

/// <summary>Where the settings come from: a JSON file, and the environment on top of it.</summary>
public static class ServiceConfiguration
{
    /// <summary>Names the JSON file when the command line does not.</summary>
    public const string FileVariable = "PACKIT_CONFIG";

    /// <summary>Environment variables with this prefix are settings: <c>PACKIT_Database__Provider</c>.</summary>
    public const string VariablePrefix = "PACKIT_";

    /// <summary>Adds the sources of the settings. The environment has the last word.</summary>
    /// <param name="configuration">What to add to.</param>
    /// <param name="file">The JSON file; null for the one that <see cref="FileVariable"/> names, if any.</param>
    /// <exception cref="FileNotFoundException">The file was named and is not there.</exception>
    /// <exception cref="InvalidDataException">The file is not readable JSON.</exception>
    public static void AddServiceSettings(this IConfigurationBuilder configuration, string? file)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if ((file ?? Environment.GetEnvironmentVariable(FileVariable)) is { Length: > 0 } path)
        {
            configuration.AddJsonFile(Path.GetFullPath(path), optional: false);
        }

        configuration.AddEnvironmentVariables(VariablePrefix);
    }

    /// <summary>The settings alone, for commands that need no host.</summary>
    /// <inheritdoc cref="AddServiceSettings"/>
    public static IConfiguration Read(string? file)
    {
        var configuration = new ConfigurationBuilder();
        configuration.AddServiceSettings(file);
        return configuration.Build();
    }
}
