namespace Packit.PackageConfig;

/// <summary>The rules of a package on upstream tags: which are wanted, and what version they stand for.</summary>
/// <remarks>
/// A version is read in two steps. First the template is taken at its word: literals as they are, <c>{upstream_package_name}</c> is the
/// package's name, nothing before and nothing after. When the tag is not of that form, the template is read as the established service
/// does: every placeholder matches anything (greedily), the rest is a Python regular expression, the end is open. Projects rely on this for
/// tags with another package name and for templates with a pattern in them. An empty version is none.
/// </remarks>
public sealed class TagRules
{
    private readonly PackageSettings _settings;
    private readonly TagTemplate _template;
    private readonly Lazy<PythonRegex?> _oldReading;
    private readonly TagFilter? _include;
    private readonly TagFilter? _exclude;

    /// <summary>Takes the rules from a package's settings.</summary>
    public TagRules(PackageSettings settings)
    {
        _settings = settings;
        _template = TagTemplate.Parse(settings.UpstreamTagTemplate);
        _include = TagFilter.Of("upstream_tag_include", settings.UpstreamTagInclude);
        _exclude = TagFilter.Of("upstream_tag_exclude", settings.UpstreamTagExclude);
        _oldReading = new Lazy<PythonRegex?>(() => PythonRegex.TryCreate(_template.ToPattern(), out _));
    }

    /// <summary>Applies <c>upstream_tag_include</c> and <c>upstream_tag_exclude</c>, both anchored at the start of the tag only.</summary>
    public TagDecision Accepts(string tag)
    {
        if (_include is not null && _include.Matches(tag, out var fault) is not true)
        {
            return TagDecision.No(fault ?? $"Tag {tag} does not match upstream_tag_include \"{_include.Pattern}\".");
        }

        if (_exclude is not null && _exclude.Matches(tag, out fault) is not false)
        {
            return TagDecision.No(fault ?? $"Tag {tag} matches upstream_tag_exclude \"{_exclude.Pattern}\".");
        }

        return TagDecision.Yes;
    }

    /// <summary>Reads the version from a tag.</summary>
    public VersionFromTag VersionOf(string tag)
    {
        var version = _template.Extract(tag, _settings.UpstreamPackageName) ?? ReadAsBefore(tag);
        return string.IsNullOrEmpty(version)
            ? new VersionFromTag(null, $"Unable to extract \"version\" from {tag} using {_settings.UpstreamTagTemplate}")
            : new VersionFromTag(version, null);
    }

    /// <summary>Makes the tag of a version.</summary>
    public TagFromVersion TagFor(string version)
    {
        if (_template.Fault is null)
        {
            return new TagFromVersion(_template.Fill(version, _settings.UpstreamPackageName), null);
        }

        return new TagFromVersion(null, $"Invalid upstream_tag_template: {_template.Template} - \"version\" placeholder is missing");
    }

    private string? ReadAsBefore(string tag) =>
        _oldReading.Value is { } regex && regex.TryMatch(tag, out var match) ? match?.Named("version") : null;
}
