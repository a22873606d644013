using System.Text.Json;

namespace Packit.Service.Dashboard.Reading;

/// <summary>A log of a build.</summary>
/// <param name="Arch">Architecture.</param>
/// <param name="Url">Where it is.</param>
public sealed record LogLink(string Arch, string Url)
{
    /// <summary>Reads the stored map of architecture to address.</summary>
    internal static IReadOnlyList<LogLink> Read(string? stored) => stored is null
        ? []
        : [.. (JsonSerializer.Deserialize<Dictionary<string, string>>(stored) ?? []).OrderBy(log => log.Key, StringComparer.Ordinal).Select(log => new LogLink(log.Key, log.Value))];
}
