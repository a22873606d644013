namespace Packit.GitHub;

/// <summary>Parts of an address made from values that others chose.</summary>
internal static class UrlPath
{
    /// <summary>One segment; a slash inside is encoded too.</summary>
    /// <returns>Null when no address can carry the value: empty, or a dot segment that would climb to another resource.</returns>
    public static string? Segment(string value) => value is "" or "." or ".." ? null : Uri.EscapeDataString(value);

    /// <summary>Segments joined by slashes, each encoded by itself.</summary>
    /// <returns>Null when one of them is empty or a dot segment.</returns>
    public static string? Segments(string value)
    {
        var segments = value.Split('/').Select(Segment).ToArray();
        return Array.TrueForAll(segments, segment => segment is not null) ? string.Join('/', segments) : null;
    }
}
