namespace Packit.PackageConfig;

/// <summary>A configuration file in its normal form: every default applied, every job tied to its packages.</summary>
public sealed record PackitConfig
{
    /// <summary>Path of the file inside the repository.</summary>
    public required string ConfigFilePath { get; init; }

    /// <summary>Name of the repository that the defaults were taken from.</summary>
    public required string RepositoryName { get; init; }

    /// <summary>
    /// Packages by their key, in file order; one entry, named like the downstream package, when the file has no <c>packages</c>.
    /// Top level and package are merged; what a single job overrides is not in here.
    /// </summary>
    public required IReadOnlyDictionary<string, PackageSettings> Packages { get; init; }

    /// <summary>The jobs in file order; <c>trigger: a | b</c> has become two.</summary>
    public required IReadOnlyList<JobConfig> Jobs { get; init; }

    /// <summary>One entry per job and package, in order. This is what events are matched against.</summary>
    public required IReadOnlyList<JobView> Views { get; init; }

    /// <summary>True when the file says nothing about jobs and the default ones apply.</summary>
    public bool HasDefaultJobs { get; init; }

    /// <summary>True when a <c>specfile_path</c> comes from a look at the repository's files and not from the file.</summary>
    public bool SpecfileWasSearched { get; init; }

    /// <summary>Whether a package is in here: by its key, or by its name in dist-git.</summary>
    public bool Has(string package) =>
        Packages.ContainsKey(package) || Packages.Values.Any(settings => settings.DownstreamPackageName == package) || Views.Any(view => view.IsOf(package));

    /// <summary>True when the repository holds more than one package.</summary>
    public bool IsMonorepo => Packages.Count > 1;
}
