namespace Packit.PackageConfig;

/// <summary>
/// Recognises pre-release versions (<c>prerelease_suffix_pattern</c>). Packit: the version is matched without case against
/// <c>^.*?PATTERN$</c>; the first group of the pattern is the delimiter, which <c>~</c> replaces.
/// </summary>
public sealed class PrereleaseSuffix
{
    private readonly PythonRegex? _regex;

    /// <summary>Takes the pattern from a package's settings.</summary>
    public PrereleaseSuffix(PackageSettings settings)
    {
        _regex = PythonRegex.TryCreate($".*?{settings.PrereleaseSuffixPattern}$", ignoreCase: true, out var fault);
        Fault = fault?.Message;
    }

    /// <summary>Why the pattern cannot be used; null when it can. Versions are left as they are then.</summary>
    public string? Fault { get; }

    /// <summary>Writes an upstream version as RPM wants it: <c>1.0-beta.2</c> becomes <c>1.0~beta.2</c>.</summary>
    public RpmVersion ToRpmVersion(string version)
    {
        if (_regex is null || !_regex.TryMatch(version, out var match) || match?.Span(1) is not { } delimiter)
        {
            return new RpmVersion(version, null);
        }

        var suffix = version[(delimiter.Start + delimiter.Length)..];
        return new RpmVersion(version[..delimiter.Start] + "~" + suffix, suffix);
    }
}
