using System.Text.RegularExpressions;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Versions of releases as specs hold them: <c>1.0rc1</c> stands there as <c>1.0~rc1</c>, which is older than <c>1.0</c>.</summary>
internal static class SpecVersion
{
    /// <summary>
    /// The recogniser of pre-release suffixes, translated from Python; null for the default. One that cannot be translated, which the package
    /// config is warned of, recognises nothing.
    /// </summary>
    public static string? Pattern(PackageSettings settings) => settings.PrereleaseSuffixPattern == PackageSettings.DefaultPrereleaseSuffixPattern
        ? null
        : PythonRegex.ToDotNet(settings.PrereleaseSuffixPattern) ?? "";

    /// <summary>Compares the versions of two releases, or of a release and a spec, as rpm does; negative when the first is older.</summary>
    public static int Compare(PackageSettings settings, string first, string second) => RpmVersion.Compare(Of(settings, first), Of(settings, second));

    private static string Of(PackageSettings settings, string version)
    {
        try
        {
            return PrereleaseSuffix.Apply(version, Pattern(settings)).Version;
        }
        catch (RegexMatchTimeoutException)
        {
            // The edit of the spec refuses such a pattern with a text of its own.
            return version;
        }
    }
}
