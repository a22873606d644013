namespace Packit.PackageConfig;

/// <summary>Whether a release with some tag is wanted.</summary>
/// <param name="IsAccepted">True when it is.</param>
/// <param name="Reason">Why not; null when accepted.</param>
public sealed record TagDecision(bool IsAccepted, string? Reason)
{
    internal static TagDecision Yes { get; } = new(IsAccepted: true, Reason: null);

    internal static TagDecision No(string reason) => new(IsAccepted: false, reason);
}

/// <summary>What version a tag stands for: exactly one of the two is set.</summary>
/// <param name="Version">The version, never empty.</param>
/// <param name="Error">Why there is none, as shown to users.</param>
public sealed record VersionFromTag(string? Version, string? Error);

/// <summary>What tag a version has: exactly one of the two is set.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Error">Why there is none, as shown to users.</param>
public sealed record TagFromVersion(string? Tag, string? Error);

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

    /// <summary>Takes the rules from a package's settings.</summary>
    public TagRules(PackageSettings settings)
    {
        _settings = settings;
        _template = TagTemplate.Parse(settings.UpstreamTagTemplate);
        _oldReading = new Lazy<PythonRegex?>(() => PythonRegex.TryCreate(_template.ToPattern(), ignoreCase: false, out _));
    }

    /// <summary>Applies <c>upstream_tag_include</c> and <c>upstream_tag_exclude</c>, both anchored at the start of the tag only.</summary>
    public TagDecision Accepts(string tag)
    {
        var included = _settings.UpstreamTagInclude;
        if (included.Length > 0 && Matches("upstream_tag_include", included, tag, out var fault) is not true)
        {
            return TagDecision.No(fault ?? $"Tag {tag} does not match upstream_tag_include \"{included}\".");
        }

        var excluded = _settings.UpstreamTagExclude;
        return excluded.Length == 0 ? TagDecision.Yes : Matches("upstream_tag_exclude", excluded, tag, out fault) switch
        {
            false => TagDecision.Yes,
            true => TagDecision.No($"Tag {tag} matches upstream_tag_exclude \"{excluded}\"."),
            null => TagDecision.No(fault!),
        };
    }

    /// <summary>Reads the version from a tag.</summary>
    public VersionFromTag VersionOf(string tag)
    {
        var version = _template.Extract(tag, _settings.UpstreamPackageName) ?? _oldReading.Value?.Match(tag)?.Named("version");
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

    /// <returns>Null when the expression cannot be used.</returns>
    private static bool? Matches(string key, string pattern, string tag, out string? fault)
    {
        var regex = PythonRegex.TryCreate(pattern, ignoreCase: false, out var regexFault);
        fault = regexFault is null ? null : $"{key} cannot be used. {regexFault.Message}";
        return regex is null ? null : regex.Match(tag) is not null;
    }
}
