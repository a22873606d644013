namespace Packit.PackageConfig;

/// <summary>A job as the file has it, with the settings of each of its packages.</summary>
public sealed record JobConfig
{
    /// <summary>What it does.</summary>
    public required JobType Type { get; init; }

    /// <summary>What makes it run.</summary>
    public required JobTrigger Trigger { get; init; }

    /// <summary>True: events do not start it, only comments and re-runs of checks do.</summary>
    public bool ManualTrigger { get; init; }

    /// <summary>True for tests that need no build.</summary>
    public bool SkipBuild { get; init; }

    /// <summary>Labels by which comments pick test jobs; null when not set.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Name of the side tag group, unique over all projects; null when builds do not go to a side tag.</summary>
    public string? SidetagGroup { get; init; }

    /// <summary>Packages that wait for this one in the side tag; null when not set.</summary>
    public IReadOnlyList<string>? Dependents { get; init; }

    /// <summary>Packages that must be in the side tag before this one is built; null when not set.</summary>
    public IReadOnlyList<string>? Dependencies { get; init; }

    /// <summary>Packages of this job with their fully merged settings: top level, package, job, job and package; the last wins.</summary>
    public required IReadOnlyDictionary<string, PackageSettings> Packages { get; init; }

    /// <summary>Position in the file's <c>jobs</c>, from 0; -1 for a default job. Jobs split from one entry share it.</summary>
    public required int Index { get; init; }

    /// <summary>Line of the job in the file, from 1; 0 for a default job.</summary>
    public required int Line { get; init; }
}
