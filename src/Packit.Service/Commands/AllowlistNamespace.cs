using System.Text.RegularExpressions;

namespace Packit.Service.Commands;

/// <summary>A key of the allowlist: <c>host</c>, <c>host/owner</c>, <c>host/group/subgroup</c> or <c>host/owner/repository.git</c>.</summary>
internal static class AllowlistNamespace
{
    public const string Explanation =
        "'host', 'host/owner' or 'host/owner/repository', such as github.com/packit. A slash at the end says that the last part is a group, "
        + "as in gitlab.com/group/subgroup/; below a group a repository ends with '.git'.";

    /// <summary>Knows owners and repositories, and nothing between them.</summary>
    private const string GitHub = "github.com/";

    /// <summary>Groups lie in groups on some forges.</summary>
    private const int MostParts = 20, LongestPart = 100;

    /// <summary>A host has a dot or is the machine itself, perhaps with a port.</summary>
    private static readonly Regex Host = new(
        @"^([a-z0-9-]+(\.[a-z0-9-]+)+|localhost)(:[0-9]{1,5})?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex Part = new("^[A-Za-z0-9_.-]+$", RegexOptions.NonBacktracking);

    /// <summary>Brings what an operator types (a web address, a repository without <c>.git</c>) into the form of the list.</summary>
    /// <returns>The key, or null when it is none.</returns>
    public static string? Read(string text)
    {
        var name = text.Trim();
        var scheme = name.IndexOf("://", StringComparison.Ordinal);
        name = scheme < 0 ? name : name[(scheme + 3)..];
        var isGroup = name.EndsWith('/');
        name = name.TrimEnd('/');
        var isGitHub = name.StartsWith(GitHub, StringComparison.Ordinal);
        if (!IsWellFormed(name) || (isGitHub && name.Count(c => c == '/') > 2))
        {
            return null;
        }

        return (isGitHub || !isGroup) && name.Count(c => c == '/') == 2 && !name.EndsWith(".git", StringComparison.Ordinal) ? name + ".git" : name;
    }

    private static bool IsWellFormed(string name)
    {
        var parts = name.Split('/');
        return parts.Length <= MostParts + 1 && Host.IsMatch(parts[0])
            && parts.Skip(1).All(part => part.Length <= LongestPart && Part.IsMatch(part));
    }
}
