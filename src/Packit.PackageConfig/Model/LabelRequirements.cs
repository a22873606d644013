namespace Packit.PackageConfig;

/// <summary>Labels of a pull request that decide whether a job runs (<c>require.label</c>).</summary>
/// <param name="Present">At least one of these must be there; empty for no demand.</param>
/// <param name="Absent">None of these may be there.</param>
public sealed record LabelRequirements(IReadOnlyList<string> Present, IReadOnlyList<string> Absent)
{
    /// <summary>No demand.</summary>
    public static LabelRequirements None { get; } = new([], []);
}
