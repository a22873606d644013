using Packit.PackageConfig;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Paths of a package inside the upstream repository.</summary>
internal static class UpstreamPaths
{
    /// <summary>The package's working directory: the first of <c>paths</c>, without dots and slashes around it; empty for the top.</summary>
    public static string Root(PackageSettings settings) => Plain(settings.Paths.Count > 0 ? settings.Paths[0] : "");

    public static string Combine(string root, string path) => root.Length == 0 ? Plain(path) : $"{root}/{Plain(path)}";

    private static string Plain(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
        return string.Join('/', parts);
    }
}
