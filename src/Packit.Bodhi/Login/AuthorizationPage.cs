using System.Net;
using System.Text;
using Packit.Http;

namespace Packit.Bodhi;

/// <summary>The end of the authorization: a page with <c>code=…&amp;state=…</c> as its title, or a redirect with them in its query.</summary>
/// <remarks>The title is what <c>urn:ietf:wg:oauth:2.0:oob</c> means.</remarks>
internal static class AuthorizationPage
{
    private const int MaxCode = 8192;

    /// <returns>Null when the page is another one: a login form, or a question for consent.</returns>
    public static (Secret Code, string State)? FromTitle(byte[] page)
    {
        var text = Encoding.UTF8.GetString(page);
        var start = text.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : text.IndexOf("</title>", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : FromQuery(WebUtility.HtmlDecode(text[(start + "<title>".Length)..end].Trim()));
    }

    /// <param name="query">Without the question mark.</param>
    public static (Secret Code, string State)? FromQuery(string query)
    {
        string? code = null;
        string? state = null;
        foreach (var field in query.Split('&'))
        {
            if (field.StartsWith("code=", StringComparison.Ordinal))
            {
                code = Uri.UnescapeDataString(field["code=".Length..]);
            }
            else if (field.StartsWith("state=", StringComparison.Ordinal))
            {
                state = Uri.UnescapeDataString(field["state=".Length..]);
            }
        }

        return code is { Length: > 0 and <= MaxCode } && code.All(letter => letter is > ' ' and < '\x7f') ? (new Secret(code), state ?? "") : null;
    }
}
