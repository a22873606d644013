namespace Packit.GitHub;

/// <summary>The <c>Link</c> header of a list (RFC 8288).</summary>
internal static class LinkHeader
{
    /// <returns>The target whose relation is <c>next</c>, as it was written; null on the last page.</returns>
    public static string? Next(string? header)
    {
        var rest = header.AsSpan();
        while (rest.IndexOf('<') is var open and >= 0)
        {
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('>');
            if (close < 0)
            {
                return null;
            }

            var target = rest[..close];
            rest = rest[(close + 1)..];
            var end = rest.IndexOf('<');
            var parameters = end < 0 ? rest : rest[..end];
            if (parameters.Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase))
            {
                return target.ToString();
            }
        }

        return null;
    }
}
