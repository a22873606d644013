using System.Text.RegularExpressions;

namespace Packit.PackageConfig;

/// <summary>A match with its groups numbered as Python numbers them.</summary>
public sealed class PythonMatch
{
    private readonly Match _match;
    private readonly IReadOnlyList<string> _groupNames;

    internal PythonMatch(Match match, IReadOnlyList<string> groupNames)
    {
        _match = match;
        _groupNames = groupNames;
    }

    /// <summary>The matched text.</summary>
    public string Text => _match.Value;

    /// <summary>Number of groups.</summary>
    public int GroupCount => _groupNames.Count;

    /// <summary>Where a group matched.</summary>
    /// <param name="number">From 1.</param>
    /// <returns>Start and length, or null when the group took no part or does not exist.</returns>
    public (int Start, int Length)? Span(int number) => number >= 1 && number <= _groupNames.Count && _match.Groups[_groupNames[number - 1]] is { Success: true } group
        ? (group.Index, group.Length)
        : null;

    /// <summary>The text of a named group, or null when it took no part or does not exist.</summary>
    public string? Named(string name) => _match.Groups[name] is { Success: true } group ? group.Value : null;
}
