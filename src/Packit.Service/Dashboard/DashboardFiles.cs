using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Packit.Service.Dashboard;

/// <summary>The dashboard's own files: style, script and icon, kept inside the assembly.</summary>
internal static class DashboardFiles
{
    public const string VersionKey = "v";

    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, DashboardFile> ByName = typeof(DashboardFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Load);

    public static DashboardFile? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The address of a file; it changes with the content.</summary>
    public static string Url(string name) => $"/{Prefix}{name}?{VersionKey}={ByName[name].Hash}";

    private static DashboardFile Load(string resource)
    {
        using var stream = typeof(DashboardFiles).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = Path.GetExtension(resource) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidOperationException($"The asset {resource} has the unknown ending {other}."),
        };
        return new DashboardFile(content, type, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }
}

/// <summary>A file of the dashboard.</summary>
internal sealed record DashboardFile(byte[] Content, string ContentType, string Hash);
