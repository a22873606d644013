using System.Globalization;
using System.Net.Http.Headers;
using Packit.Http;

namespace Packit.Bodhi;

/// <summary>A cookie that Bodhi set. It goes back to Bodhi's root and nowhere else, whatever domain it names.</summary>
/// <param name="Lifetime">How long it is good for, where Bodhi says so.</param>
internal sealed record BodhiCookie(string Name, Secret Value, TimeSpan? Lifetime)
{
    private const int MaxLength = 8192;

    /// <summary>As it is sent back: for the wire and nowhere else.</summary>
    public string Pair => $"{Name}={Value.Reveal()}";

    public override string ToString() => $"{Name}={Value}";

    /// <returns>Null when the answer sets no such cookie, or takes it away.</returns>
    /// <remarks>RFC 6265, section 4.1.1.</remarks>
    public static BodhiCookie? From(HttpResponseHeaders headers, string name)
    {
        BodhiCookie? last = null;
        foreach (var header in headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            if (header.StartsWith(name + "=", StringComparison.Ordinal) && header.Length <= MaxLength)
            {
                last = Read(name, header.Split(';', StringSplitOptions.TrimEntries));
            }
        }

        return last;
    }

    private static BodhiCookie? Read(string name, string[] parts)
    {
        var value = parts[0][(name.Length + 1)..].Trim('"');
        var lifetime = parts.Skip(1).Select(Age).FirstOrDefault(age => age is not null);
        return value.Length > 0 && value.All(IsAllowed) && lifetime is null or > 0
            ? new BodhiCookie(name, new Secret(value), lifetime is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, 366L * 24 * 3600)) : null)
            : null;
    }

    private static long? Age(string attribute) =>
        attribute.StartsWith("Max-Age=", StringComparison.OrdinalIgnoreCase)
        && long.TryParse(attribute.AsSpan("Max-Age=".Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;

    private static bool IsAllowed(char letter) => letter is > ' ' and < '\x7f' and not ('"' or ',' or ';' or '\\');
}
