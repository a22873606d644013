namespace Packit.DistGit;

/// <summary>Limits for the download of an archive.</summary>
public sealed record ArchiveLimits
{
    /// <summary>The largest archive in bytes.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>The longest time for all of it.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>The longest time without anything arriving.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every problem of these limits, as sentences; empty when they are good.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxBytes <= 0 || TotalTime <= TimeSpan.Zero || IdleTime <= TimeSpan.Zero)
        {
            yield return "Archive limits: size, total time and idle time must be positive.";
        }
    }
}
