using Packit.PackageConfig.Schema;

namespace Packit.PackageConfig.Normalising;

/// <summary>What every step of the reading needs.</summary>
internal sealed record ReadingContext(ConfigSource Source, ProblemList Problems)
{
    private static readonly string[] SettingNames = [.. SettingKeys.All.Select(k => k.Name), "packages", "jobs"];

    /// <summary>Names of keys, for suggestions.</summary>
    public IReadOnlyList<string> KnownNames { get; init; } = SettingNames;

    public BranchAliases Aliases => Source.Aliases ?? BranchAliases.BuiltIn;

    /// <summary>The same for the keys of a job.</summary>
    public ReadingContext InJob() => this with { KnownNames = InJobNames };

    private static readonly string[] InJobNames = [.. JobKeys.Names, .. SettingKeys.All.Select(k => k.Name)];
}
