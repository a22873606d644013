using Packit.PackageConfig.Schema;

namespace Packit.PackageConfig.Normalising;

/// <summary>Says where a key belongs that is not wrong in itself.</summary>
internal static class Placement
{
    /// <returns>A hint, or null when the key belongs nowhere.</returns>
    public static string? Of(string name) => name switch
    {
        "jobs" or "packages" => $"`{name}` belongs at the top of the file.",
        _ when JobKeys.Names.Contains(name) => $"`{name}` belongs into a job.",
        _ => null,
    };
}
