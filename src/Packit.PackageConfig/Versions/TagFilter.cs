namespace Packit.PackageConfig;

/// <summary>A regular expression on tags that knows why it cannot be used.</summary>
internal sealed class TagFilter
{
    private readonly string _key;
    private readonly PythonRegex? _regex;
    private readonly RegexFault? _fault;

    private TagFilter(string key, string pattern)
    {
        _key = key;
        Pattern = pattern;
        _regex = PythonRegex.TryCreate(pattern, out _fault);
    }

    public string Pattern { get; }

    /// <returns>Null when the pattern is empty: there is no filter then.</returns>
    public static TagFilter? Of(string key, string pattern) => pattern.Length == 0 ? null : new TagFilter(key, pattern);

    /// <param name="tag">The tag.</param>
    /// <param name="fault">Why nobody knows, for users.</param>
    /// <returns>Null when nobody knows.</returns>
    public bool? Matches(string tag, out string? fault)
    {
        if (_regex is null)
        {
            fault = $"{_key} cannot be used. {_fault!.Message}";
            return null;
        }

        if (!_regex.TryMatch(tag, out var match))
        {
            fault = $"{_key} \"{Pattern}\" takes too long on tag {tag}.";
            return null;
        }

        fault = null;
        return match is not null;
    }
}
