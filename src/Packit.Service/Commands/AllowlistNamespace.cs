using System.Text.RegularExpressions;

namespace Packit.Service.Commands;

/// <summary>A key of the allowlist: <c>host</c>, <c>host/owner</c> or <c>host/owner/repository.git</c>.</summary>
internal static class AllowlistNamespace
{
    // A host has a dot or is the machine itself, perhaps with a port.
    private static readonly Regex Grammar = new(
        @"^([a-z0-9-]+(\.[a-z0-9-]+)+|localhost)(:[0-9]{1,5})?(/[A-Za-z0-9_.-]{1,100}){0,2}$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>Brings what an operator types (a web address, a repository without <c>.git</c>) into the form of the list.</summary>
    /// <returns>The key, or null when it is none.</returns>
    public static string? Read(string text)
    {
        var name = text.Trim();
        var scheme = name.IndexOf("://", StringComparison.Ordinal);
        name = (scheme < 0 ? name : name[(scheme + 3)..]).TrimEnd('/');
        if (!Grammar.IsMatch(name))
        {
            return null;
        }

        return name.Count(c => c == '/') >= 2 && !name.EndsWith(".git", StringComparison.Ordinal) ? name + ".git" : name;
    }
}
