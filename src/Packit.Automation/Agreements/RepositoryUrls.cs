namespace Packit.Automation.Agreements;

/// <summary>
/// Whether a configured address names a repository on a forge. Addresses are compared, nothing is asked: a name that leads somewhere else by
/// now is no agreement to what it leads to.
/// </summary>
internal static class RepositoryUrls
{
    private const int Longest = 500;

    /// <summary>Whether both name one repository: <c>http</c> and <c>https</c>, <c>.git</c>, a slash at the end and case make no difference.</summary>
    /// <param name="configured">As somebody wrote it.</param>
    /// <param name="webUrl">The repository's page.</param>
    public static bool AreSame(string? configured, string webUrl) => Parse(configured) is { } one && Parse(webUrl) is { } other && one == other;

    private static (string Place, string Path)? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= Longest } || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")
            || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return null;
        }

        const string Suffix = ".git";
        var path = url.AbsolutePath.Trim('/');
        path = path.EndsWith(Suffix, StringComparison.Ordinal) ? path[..^Suffix.Length] : path;
        var place = url.IsDefaultPort ? url.IdnHost : url.Authority;
        return path.Length == 0 ? null : (place.ToLowerInvariant(), path.ToLowerInvariant());
    }
}
