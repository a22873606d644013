using System.Reflection;

namespace Packit.Automation;

/// <summary>The version of this build.</summary>
public static class ProductVersion
{
    /// <summary>Without build metadata: <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
