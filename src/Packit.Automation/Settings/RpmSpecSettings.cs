using System.ComponentModel.DataAnnotations;

namespace Packit.Automation.Settings;

/// <summary>
/// Asking the real rpm what a spec says where that cannot be known without running the spec's code. The code runs confined by bubblewrap:
/// no network, no environment, nothing of this machine but programs to read. Section <c>RpmSpec</c>.
/// </summary>
public sealed record RpmSpecSettings
{
    public const string Section = "RpmSpec";

    /// <summary>Whether rpm is asked; with <c>Never</c> such a value stays unknown, and a release that needs it is refused with the line.</summary>
    public RpmSpecUse Use { get; init; } = RpmSpecUse.WhenAvailable;

    /// <summary>The program, below <c>/usr</c>.</summary>
    [Required, RegularExpression("^/usr/[A-Za-z0-9_./-]+$", ErrorMessage = "RpmSpec:Program is an absolute path below /usr, such as /usr/bin/rpmspec.")]
    public string Program { get; init; } = "/usr/bin/rpmspec";

    /// <summary>Name or absolute path of bubblewrap.</summary>
    [Required]
    public string Bubblewrap { get; init; } = "bwrap";

    /// <summary>Longest time for one spec, in seconds.</summary>
    [Range(1, 60)]
    public int TimeLimitSeconds { get; init; } = 10;

    /// <summary>Address space of each process that the spec starts, in MiB.</summary>
    [Range(64, 4096)]
    public int MemoryMegabytes { get; init; } = 256;
}

/// <summary>When the real rpm is asked.</summary>
public enum RpmSpecUse
{
    /// <summary>Where a needed value is unknown, and this machine has rpmspec and lets bubblewrap work.</summary>
    WhenAvailable,

    /// <summary>Never.</summary>
    Never,
}
