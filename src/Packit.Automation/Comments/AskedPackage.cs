using Packit.Automation.Reporting.Texts;
using Packit.PackageConfig;

namespace Packit.Automation.Comments;

/// <summary>The package that a command names with <c>--package</c>.</summary>
internal static class AskedPackage
{
    /// <summary>What is answered when the config does not have the package; null when it has it, or none was named.</summary>
    public static string? Unknown(string? named, PackitConfig config) =>
        named is null || config.Has(named) ? null : PullRequestCommandTexts.UnknownPackage(named, config.Packages.Keys);
}
