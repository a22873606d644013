using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Normalising;

/// <summary>A job entry that was read but not yet tied to its packages.</summary>
internal sealed record ParsedJob
{
    public required YamlNode Node { get; init; }

    public required ConfigPath Path { get; init; }

    /// <summary>Null when the entry has none or an unknown one; a problem says so.</summary>
    public JobType? Type { get; init; }

    /// <summary>One or more; several become consecutive jobs.</summary>
    public IReadOnlyList<JobTrigger> Triggers { get; init; } = [];

    public required Dictionary<string, object> Fields { get; init; }

    public required SettingsLayer Settings { get; init; }

    /// <summary>Packages with what the job overrides for each; null for all packages without.</summary>
    public OrderedDictionary<string, SettingsLayer>? Packages { get; init; }

    public T Field<T>(Schema.Field field, T fallback) => Fields.TryGetValue(field.Name, out var value) ? (T)value : fallback;
}
