namespace Packit.DistGit;

/// <summary>What one confined run may use.</summary>
public sealed record ConfinedLimits
{
    /// <summary>The longest time from start to end; then everything in the confinement is killed.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Processor time of each process, in whole seconds.</summary>
    public TimeSpan ProcessorTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Address space of each process, in bytes.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>How many processes and threads may live at the same time.</summary>
    public int Processes { get; init; } = 24;

    /// <summary>The largest file, and the room of the private <c>/tmp</c>, in bytes.</summary>
    public long FileBytes { get; init; } = 16L << 20;

    /// <summary>The most bytes of standard output; a program that writes more is killed.</summary>
    public int OutputBytes { get; init; } = 16 << 20;

    /// <summary>Every problem of these limits, as sentences; empty when they are good.</summary>
    public IEnumerable<string> Problems()
    {
        if (Time <= TimeSpan.Zero || ProcessorTime < TimeSpan.FromSeconds(1))
        {
            yield return "Confined times: the time limit must be positive, and the processor time at least one second.";
        }

        if (MemoryBytes < 16L << 20 || FileBytes < 1 << 16 || OutputBytes < 1 << 10 || Processes < 4)
        {
            yield return "Confined limits: at least 16 MiB of memory, 64 KiB for files, 1 KiB of output and 4 processes are needed to run anything.";
        }
    }
}
