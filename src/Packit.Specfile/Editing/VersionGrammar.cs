namespace Packit.Specfile;

/// <summary>What may be written into the <c>Version</c> tag.</summary>
public static class VersionGrammar
{
    /// <summary>The most characters a version may have.</summary>
    public const int MaximumLength = 128;

    /// <summary>
    /// Why a version cannot be written into a spec, or null when it can: it begins with a letter or a digit and has only those and
    /// <c>. _ + ~ ^</c> (rpm: <c>ALLOWED_CHARS_VERREL</c>, without what macros are made of).
    /// </summary>
    public static string? Problem(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (version.Length == 0)
        {
            return "The version is empty.";
        }

        if (version.Length > MaximumLength)
        {
            return $"The version has {version.Length} characters; at most {MaximumLength} are allowed.";
        }

        if (!char.IsAsciiLetterOrDigit(version[0]))
        {
            return $"The version '{Shown(version)}' does not begin with a letter or a digit.";
        }

        foreach (var c in version)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '+' or '~' or '^'))
            {
                return $"The version '{Shown(version)}' has the character '{Shown(c.ToString())}', which no RPM version may have. "
                    + "If the tag holds more than the version, say so in upstream_tag_template.";
            }
        }

        return null;
    }

    private static string Shown(string text) =>
        string.Concat(text.Select(static c => char.IsControl(c) || char.IsSurrogate(c) || c > '\u024F' ? $"\\u{(int)c:X4}" : c.ToString()));
}
