namespace Packit.DistGit;

/// <summary>What the real rpm is asked with.</summary>
public sealed record RpmSpecOptions
{
    /// <summary>The program, an absolute path below <c>/usr</c>.</summary>
    public string Program { get; init; } = "/usr/bin/rpmspec";

    /// <summary>What one question may use.</summary>
    public ConfinedLimits Limits { get; init; } = new();
}
