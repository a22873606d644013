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

    // A host has a dot or is the machine itself, perhaps with a port. Groups lie in groups on some forges.
    private static readonly Regex Grammar = new(
        @"^([a-z0-9-]+(\.[a-z0-9-]+)+|localhost)(:[0-9]{1,5})?(/[A-Za-z0-9_.-]{1,100}){0,20}$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

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
        if (!Grammar.IsMatch(name) || (isGitHub && name.Count(c => c == '/') > 2))
        {
            return null;
        }

        return (isGitHub || !isGroup) && name.Count(c => c == '/') == 2 && !name.EndsWith(".git", StringComparison.Ordinal) ? name + ".git" : name;
    }
}
