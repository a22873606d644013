using System.Text.RegularExpressions;

namespace Packit.Specfile;

/// <summary>
/// How a pre-release is recognised in a version, so that rpm sorts it before the release: <c>1.0rc1</c> becomes <c>1.0~rc1</c>
/// (Packit: <c>prerelease_suffix_pattern</c>).
/// </summary>
public static class PrereleaseSuffix
{
    /// <summary>The pattern of packages that configure none. Its first group is the delimiter that the tilde replaces.</summary>
    public const string DefaultPattern = @"([.\-_~^]?)(alpha|beta|rc|pre(view)?)([.\-_]?\d+)?";

    /// <summary>For patterns that may take for ever; generous, as a busy machine counts too.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    private static readonly Regex Default = Compile(DefaultPattern);

    /// <summary>
    /// The version as the spec gets it, and whether it is a pre-release. A pattern that cannot be read recognises nothing.
    /// </summary>
    /// <exception cref="RegexMatchTimeoutException">The pattern takes too long on this version.</exception>
    public static (string Version, bool IsPrerelease) Apply(string version, string? pattern)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (pattern is { Length: 0 })
        {
            return (version, false);
        }

        Regex regex;
        try
        {
            regex = pattern is null or DefaultPattern ? Default : Compile(pattern);
        }
        catch (ArgumentException)
        {
            return (version, false);
        }

        var match = regex.Match(version);
        var delimiter = match.Groups[1];
        return match.Success && delimiter.Success
            ? (string.Concat(version.AsSpan(0, delimiter.Index), "~", version.AsSpan(delimiter.Index + delimiter.Length)), true)
            : (version, false);
    }

    private static Regex Compile(string pattern)
    {
        const RegexOptions Common = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        var whole = $"^.*?(?:{pattern})$";
        try
        {
            return new Regex(whole, Common | RegexOptions.NonBacktracking, TimeLimit);
        }
        catch (NotSupportedException)
        {
            // It uses what takes linear time nowhere: look-around, back references.
            return new Regex(whole, Common, TimeLimit);
        }
    }
}
