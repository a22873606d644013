namespace Packit.PackageConfig;

/// <summary>Whether a problem keeps the configuration from being used.</summary>
public enum ConfigSeverity
{
    /// <summary>The file works, but something in it is old, useless or surprising.</summary>
    Warning,

    /// <summary>The file cannot be used.</summary>
    Error,
}
