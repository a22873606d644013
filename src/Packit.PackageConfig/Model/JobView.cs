namespace Packit.PackageConfig;

/// <summary>A job as seen from one of its packages: the unit that runs.</summary>
public sealed record JobView
{
    /// <summary>The job this is a view of.</summary>
    public required JobConfig Job { get; init; }

    /// <summary>Key of the package.</summary>
    public required string PackageName { get; init; }

    /// <summary>True when the repository holds several packages, so that names shown to users carry the package.</summary>
    public required bool IsMonorepo { get; init; }

    /// <summary>
    /// Fully merged settings. In a repository with several packages the <see cref="PackageSettings.Identifier"/> defaults to the package key.
    /// </summary>
    public required PackageSettings Settings { get; init; }

    /// <inheritdoc cref="JobConfig.Type"/>
    public JobType Type => Job.Type;

    /// <inheritdoc cref="JobConfig.Trigger"/>
    public JobTrigger Trigger => Job.Trigger;

    /// <inheritdoc cref="JobConfig.ManualTrigger"/>
    public bool ManualTrigger => Job.ManualTrigger;

    /// <inheritdoc cref="JobConfig.SkipBuild"/>
    public bool SkipBuild => Job.SkipBuild;

    /// <inheritdoc cref="JobConfig.Labels"/>
    public IReadOnlyList<string>? Labels => Job.Labels;

    /// <inheritdoc cref="JobConfig.SidetagGroup"/>
    public string? SidetagGroup => Job.SidetagGroup;

    /// <inheritdoc cref="JobConfig.Dependents"/>
    public IReadOnlyList<string>? Dependents => Job.Dependents;

    /// <inheritdoc cref="JobConfig.Dependencies"/>
    public IReadOnlyList<string>? Dependencies => Job.Dependencies;

    /// <summary>Whether somebody who names a package means the one of this view: its key, or its name in dist-git.</summary>
    public bool IsOf(string package) => PackageName == package || Settings.DownstreamPackageName == package;

    /// <summary>Suffix of status names: the configured identifier, else the package key when there are several packages, else null.</summary>
    public string? Identifier => Settings.Identifier;
}
