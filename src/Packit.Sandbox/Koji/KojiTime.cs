using System.Globalization;

namespace Packit.Sandbox.Koji;

/// <summary>The forms in which Koji writes a time: a text with a blank, a text with a T on the bus, and Unix seconds, all to the microsecond.</summary>
internal static class KojiTime
{
    public static string? Text(DateTimeOffset? time) => time is { } given ? Format(given, ' ') : null;

    public static string? Iso(DateTimeOffset? time) => time is { } given ? Format(given, 'T') : null;

    public static double? Stamp(DateTimeOffset? time) =>
        time is { } given ? (given.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond / 1e6 : null;

    /// <summary>A time that a caller gave: Unix seconds, or a text in UTC.</summary>
    public static DateTimeOffset? Parse(System.Text.Json.Nodes.JsonNode? given)
    {
        if (given is null)
        {
            return null;
        }

        string text = given.ToString();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw HubFault.Parameter($"invalid time: '{text}'");
    }

    /// <summary>Python leaves the fraction out when it is zero.</summary>
    private static string Format(DateTimeOffset time, char between)
    {
        var utc = time.ToUniversalTime();
        string fraction = utc.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond == 0 ? "" : utc.ToString(".ffffff", CultureInfo.InvariantCulture);
        return utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + between + utc.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + fraction + "+00:00";
    }
}
