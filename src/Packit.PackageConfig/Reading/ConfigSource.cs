namespace Packit.PackageConfig;

/// <summary>What is known about the place that a configuration file was read from; several defaults depend on it.</summary>
public sealed record ConfigSource
{
    /// <summary>Name of the repository without its namespace: the default of both package names.</summary>
    public required string RepositoryName { get; init; }

    /// <summary>Path of the file inside the repository.</summary>
    public string FileName { get; init; } = ConfigFileNames.InOrder[0];

    /// <summary>
    /// Names at the top directory of the commit, in the order in which the forge lists them; the first spec file among them is the default
    /// of <c>specfile_path</c>. Null when unknown (a file checked offline): <c>&lt;repository&gt;.spec</c> is assumed then, with a warning.
    /// </summary>
    public IReadOnlyList<string>? TopLevelFiles { get; init; }

    /// <summary>What branch aliases mean today, for the warning about names that mean nothing; the built-in snapshot when null.</summary>
    public BranchAliases? Aliases { get; init; }
}
