namespace Packit.Specfile;

/// <summary>What rpm makes of a source's location.</summary>
internal static class SourceName
{
    /// <summary>The name of the file beside the spec; empty when the location ends in a slash.</summary>
    public static string Of(string location)
    {
        var fragment = location.IndexOf('#', StringComparison.Ordinal);
        if (IsUrl(location) && fragment >= 0 && location.AsSpan(fragment).Contains('/'))
        {
            var named = location[(location.LastIndexOf('/') + 1)..];
            return named[(named.LastIndexOf('=') + 1)..];
        }

        var end = location.Length;
        if (IsUrl(location) && location.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query && (fragment < 0 || query < fragment))
        {
            end = query;
        }

        var path = location.AsSpan(0, end);
        return path[(path.LastIndexOf('/') + 1)..].ToString();
    }

    /// <summary>Whether there is a scheme and a host.</summary>
    public static bool IsUrl(string location)
    {
        var scheme = location.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0 || !char.IsAsciiLetter(location[0]) || scheme + 3 >= location.Length || location[scheme + 3] is '/' or '?' or '#')
        {
            return false;
        }

        foreach (var c in location.AsSpan(0, scheme))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
