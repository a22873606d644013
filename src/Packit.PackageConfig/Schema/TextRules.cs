namespace Packit.PackageConfig.Schema;

/// <summary>Rules on texts beyond their type.</summary>
internal static class TextRules
{
    public static TextFault? Regex(string text) => PythonRegex.TryCreate(text, out var fault) is not null ? null
        : new TextFault(
            ProblemCodes.Regex, fault!.IsInvalid ? ConfigSeverity.Error : ConfigSeverity.Warning, fault.Message,
            fault.IsInvalid ? "Correct the regular expression." : "Write it without that construct.");

    public static TextFault? RepositoryName(string text) => text.Contains('/') || text.Contains('\0')
        ? new TextFault(ProblemCodes.WrongValue, ConfigSeverity.Error, "Repository name must be a valid filename.", "Write the name without the namespace and `/`.")
        : null;

    /// <summary>The name becomes part of URLs and file names.</summary>
    public static TextFault? PackageName(string text) => RepositoryName(text) is { } fault ? fault
        : text is "." or ".." || text.StartsWith('-')
            ? new TextFault(ProblemCodes.WrongValue, ConfigSeverity.Error, $"`{text}` cannot be the name of a package.", "Write the name of the package in Fedora.")
            : null;

    public static TextFault? Specifiers(string text) => Pep440Specifiers.TryParse(text) is not null ? null
        : new TextFault(
            ProblemCodes.WrongValue, ConfigSeverity.Error, $"Invalid version specifier set: {text}.", "Write comparisons as PEP 440 has them, e.g. `>=1.0,<2.0`.");

    public static TextFault? TagTemplate(string text)
    {
        var template = PackageConfig.TagTemplate.Parse(text);
        if (template.HasOneVersion)
        {
            return null;
        }

        var fault = template.Fault ?? "`{version}` must be in it exactly once";
        return new TextFault(
            ProblemCodes.TagTemplate, ConfigSeverity.Warning, $"No version can be read from tags by this template: {fault}.", "Write for example `v{version}`.");
    }

    /// <summary>Targets of files; what leaves the repository is refused when the files are copied.</summary>
    public static TextFault? StaysInside(string text)
    {
        var depth = 0;
        foreach (var part in text.Split('/'))
        {
            depth += part switch
            {
                ".." => -1,
                "" or "." => 0,
                _ => 1,
            };
            if (depth < 0)
            {
                break;
            }
        }

        return depth >= 0 && !text.StartsWith('/')
            ? null
            : new TextFault(ProblemCodes.PathOutside, ConfigSeverity.Warning, $"`{text}` leaves the repository; it will not be copied.", "Write a path relative to the repository.");
    }
}
