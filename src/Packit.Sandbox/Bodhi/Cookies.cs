using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Bodhi;

/// <summary>Bodhi's two cookies: <c>auth_tkt</c> says who it is, <c>session</c> carries the CSRF token. Both are signed and nothing is kept of them.</summary>
internal sealed class Cookies(BodhiStandIn bodhi)
{
    public const string Ticket = "auth_tkt";
    public const string Session = "session";
    private const string UserType = "!userid_type:b64unicode";
    private const int DigestLength = 128;
    private static readonly TimeSpan TicketLife = TimeSpan.FromDays(30);

    /// <summary>The whole header of a new ticket.</summary>
    public string SetTicket(string user, string host)
    {
        var now = bodhi.Time.GetUtcNow();
        string rest = now.ToUnixTimeSeconds().ToString("x8", CultureInfo.InvariantCulture) + Convert.ToBase64String(Encoding.UTF8.GetBytes(user)) + UserType;
        string expires = (now + TicketLife).ToString("ddd, dd-MMM-yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture);
        return $"{Ticket}={Digest(rest)}{rest}; Domain={host}; Max-Age={(int)TicketLife.TotalSeconds}; Path=/; expires={expires}; SameSite=Strict";
    }

    /// <summary>The user of a ticket; null when it is not ours or too old.</summary>
    public string? UserOf(string? ticket)
    {
        if (ticket is null || ticket.Length < DigestLength + 8 || !ticket.EndsWith(UserType, StringComparison.Ordinal) || Digest(ticket[DigestLength..]) != ticket[..DigestLength])
        {
            return null;
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(ticket.AsSpan(DigestLength, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return at + TicketLife > bodhi.Time.GetUtcNow()
            ? Encoding.UTF8.GetString(Convert.FromBase64String(ticket[(DigestLength + 8)..^UserType.Length]))
            : null;
    }

    /// <summary>The whole header of a session with this CSRF token.</summary>
    public string SetSession(string token)
    {
        long now = bodhi.Time.GetUtcNow().ToUnixTimeSeconds();
        string content = new JsonArray(now, now, new JsonObject { ["_csrft_"] = token }).ToJsonString();
        string value = Convert.ToBase64String([.. Convert.FromHexString(Digest(content)), .. Encoding.UTF8.GetBytes(content)]).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"{Session}={value}; Path=/; SameSite=Lax";
    }

    /// <summary>The CSRF token of a session; null when the cookie is not ours.</summary>
    public string? TokenOf(string? session)
    {
        if (session is null)
        {
            return null;
        }

        string base64 = session.Replace('-', '+').Replace('_', '/');
        byte[] bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes, out int length) || length <= DigestLength / 2)
        {
            return null;
        }

        string content = Encoding.UTF8.GetString(bytes, DigestLength / 2, length - (DigestLength / 2));
        return Digest(content) == Convert.ToHexStringLower(bytes.AsSpan(0, DigestLength / 2))
            ? JsonSerializer.Deserialize<JsonArray>(content)![2]!["_csrft_"]!.ToString()
            : null;
    }

    private string Digest(string text)
    {
        byte[] key;
        lock (bodhi.State.Gate)
        {
            key = Convert.FromHexString(bodhi.State.CookieKey);
        }

        return Convert.ToHexStringLower(HMACSHA512.HashData(key, Encoding.UTF8.GetBytes(text)));
    }
}
