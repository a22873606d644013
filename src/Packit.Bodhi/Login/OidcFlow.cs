using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Packit.Http;

namespace Packit.Bodhi;

/// <summary>The authorization code flow with Kerberos instead of a browser, and what is done with its tokens.</summary>
/// <remarks>OpenID Connect Core 1.0, section 3.1; RFC 6749, section 6; RFC 7636.</remarks>
internal sealed class OidcFlow(HttpClient plain, HttpClient negotiating, OidcOptions options, TimeProvider time)
{
    public const string Service = "OpenID provider";
    private const string Doing = "logging in for Bodhi";
    private const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";
    private const string Loopback = "http://localhost:45678/auth";
    private const int MaxHops = 10;
    private const int Cap = 1024 * 1024;
    private static readonly TimeSpan LeastTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MostTime = TimeSpan.FromDays(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly RemoteExchange _plain = new(Service, plain, time);
    private readonly RemoteExchange _negotiating = new(Service, negotiating, time);

    /// <summary>Logs in with the Kerberos ticket of the process.</summary>
    /// <exception cref="RemoteException">No ticket, no answer, or no code for this account.</exception>
    public async Task<OidcTokens> LogInAsync(CancellationToken cancellationToken)
    {
        var endpoints = await EndpointsAsync(cancellationToken);
        var redirect = endpoints.ResponseModesSupported?.Contains("oob") == true ? OutOfBand : Loopback;
        var state = RandomText();
        var verifier = endpoints.CodeChallengeMethodsSupported?.Contains("S256") == true ? RandomText() : null;
        var query = new List<KeyValuePair<string, string>>
        {
            new("response_type", "code"), new("client_id", options.ClientId), new("redirect_uri", redirect),
            new("scope", string.Join(' ', options.Scopes)), new("state", state),
        };
        if (verifier is not null)
        {
            query.Add(new("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))));
            query.Add(new("code_challenge_method", "S256"));
        }

        var answer = await AuthorizeAsync(endpoints.AuthorizationEndpoint, query, redirect, cancellationToken);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(answer.State), Encoding.UTF8.GetBytes(state)))
        {
            throw Failed(RemoteFailure.Unexpected, "The OpenID provider's answer belongs to another login: its state differs.");
        }

        var form = new List<KeyValuePair<string, string>>
        {
            new("grant_type", "authorization_code"), new("client_id", options.ClientId), new("redirect_uri", redirect), new("code", answer.Code.Reveal()),
        };
        if (verifier is not null)
        {
            form.Add(new("code_verifier", verifier));
        }

        return await TokensAsync(endpoints, form, previous: null, cancellationToken);
    }

    /// <summary>New tokens for a refresh token.</summary>
    /// <returns>Null when the provider does not take it any more.</returns>
    public async Task<OidcTokens?> RefreshAsync(Secret refresh, CancellationToken cancellationToken)
    {
        var endpoints = await EndpointsAsync(cancellationToken);
        try
        {
            return await TokensAsync(
                endpoints,
                [new("grant_type", "refresh_token"), new("client_id", options.ClientId), new("refresh_token", refresh.Reveal())],
                refresh,
                cancellationToken);
        }
        catch (RemoteException refused) when (refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    /// <summary>The account to which an access token belongs.</summary>
    public async Task<string> UserNameAsync(Secret access, CancellationToken cancellationToken)
    {
        var endpoints = await EndpointsAsync(cancellationToken);
        using var request = Request(HttpMethod.Get, endpoints.UserinfoEndpoint ?? throw Failed(RemoteFailure.Unexpected, "The OpenID provider tells nothing about accounts."));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.Reveal());
        var answer = await _plain.SendAsync(request, "asking whose login it is", Cap, cancellationToken);
        return answer.IsSuccess
            ? RemoteText.Clean(RemoteExchange.Read(Service, answer.Body, BodhiJson.Default.UserInfoBody, "asking whose login it is").Nickname)
            : throw Refused(answer);
    }

    private async Task<OidcEndpoints> EndpointsAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, new Uri($"{options.Issuer.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration"));
        var answer = await _plain.SendAsync(request, Doing, Cap, cancellationToken);
        var endpoints = answer.Status == HttpStatusCode.OK
            ? RemoteExchange.Read(Service, answer.Body, BodhiJson.Default.OidcEndpoints, Doing)
            : throw Refused(answer);
        // Tickets and tokens go to the configured host, wherever the document points.
        foreach (var endpoint in new[] { endpoints.AuthorizationEndpoint, endpoints.TokenEndpoint, endpoints.UserinfoEndpoint ?? options.Issuer })
        {
            RequireOwn(endpoint);
        }

        return endpoints;
    }

    private async Task<(Secret Code, string State)> AuthorizeAsync(
        Uri endpoint, IEnumerable<KeyValuePair<string, string>> query, string redirect, CancellationToken cancellationToken)
    {
        var cookies = new CookieContainer();
        var text = string.Join('&', query.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        var url = new UriBuilder(endpoint) { Query = endpoint.Query.Length > 1 ? $"{endpoint.Query[1..]}&{text}" : text }.Uri;
        for (var hop = 0; hop < MaxHops; hop++)
        {
            var answer = await VisitAsync(url, cookies, cancellationToken);
            if (answer.Headers.Location is { } location && (int)answer.Status is >= 300 and < 400)
            {
                url = new Uri(url, location);
                if (url.GetLeftPart(UriPartial.Path) == redirect)
                {
                    return AuthorizationPage.FromQuery(url.Query.TrimStart('?')) ?? throw NoCode();
                }

                RequireOwn(url);
                continue;
            }

            return answer.IsSuccess ? AuthorizationPage.FromTitle(answer.Body) ?? throw NoCode() : throw Refused(answer);
        }

        throw Failed(RemoteFailure.Unexpected, $"The OpenID provider redirected more than {MaxHops} times while {Doing}.");
    }

    /// <summary>One page of the way; when the provider asks for a ticket, the page is asked for again with one.</summary>
    private async Task<RemoteAnswer> VisitAsync(Uri url, CookieContainer cookies, CancellationToken cancellationToken)
    {
        var answer = await VisitAsync(_plain, url, cookies, cancellationToken);
        var asked = answer.Status == HttpStatusCode.Unauthorized
            && answer.Headers.WwwAuthenticate.Any(way => way.Scheme.Equals("Negotiate", StringComparison.OrdinalIgnoreCase));
        if (!asked)
        {
            return answer;
        }

        answer = await VisitAsync(_negotiating, url, cookies, cancellationToken);
        return answer.Status == HttpStatusCode.Unauthorized
            ? throw Failed(
                RemoteFailure.Unauthorized,
                $"The OpenID provider at {options.Issuer.Host} does not take the Kerberos ticket while {Doing}. Check which account the keytab belongs to.")
            : answer;
    }

    private static async Task<RemoteAnswer> VisitAsync(RemoteExchange exchange, Uri url, CookieContainer cookies, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (cookies.GetCookieHeader(url) is { Length: > 0 } header)
        {
            request.Headers.TryAddWithoutValidation("Cookie", header);
        }

        var answer = await exchange.SendAsync(request, Doing, Cap, cancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            try
            {
                cookies.SetCookies(url, cookie);
            }
            catch (CookieException)
            {
                // A cookie that is none is not sent back; the provider says then what it misses.
            }
        }

        return answer;
    }

    private async Task<OidcTokens> TokensAsync(
        OidcEndpoints endpoints, IEnumerable<KeyValuePair<string, string>> form, Secret? previous, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, endpoints.TokenEndpoint);
        request.Content = new FormUrlEncodedContent(form);
        var answer = await _plain.SendAsync(request, Doing, Cap, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw Refused(answer);
        }

        var body = RemoteExchange.Read(Service, answer.Body, BodhiJson.Default.TokenBody, Doing);
        if (!body.TokenType.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || !IsToken(body.AccessToken))
        {
            throw Failed(RemoteFailure.Unexpected, "The OpenID provider gave no bearer token.");
        }

        var lifetime = body.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (long)MostTime.TotalSeconds)) : LeastTime;
        return new OidcTokens(
            new Secret(body.AccessToken),
            body.RefreshToken is { } refresh && IsToken(refresh) ? new Secret(refresh) : previous,
            time.GetUtcNow() + lifetime - Margin,
            Refreshed: previous is not null);
    }

    private void RequireOwn(Uri url)
    {
        var issuer = options.Issuer;
        if (!url.IsAbsoluteUri || url.UserInfo.Length > 0
            || Uri.Compare(url, issuer, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw Failed(
                RemoteFailure.Unexpected,
                $"The OpenID provider points away from {issuer.GetLeftPart(UriPartial.Authority)} while {Doing}; tickets and tokens are not sent elsewhere.");
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri url)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    // Its words are not repeated: they may hold what was sent.
    private static RemoteException Refused(RemoteAnswer answer) => new(
        Service, RemoteException.Classify(answer.Status), $"The OpenID provider refused {Doing}: {(int)answer.Status}{Code(answer.Body)}")
    {
        Status = answer.Status,
        RetryAfter = answer.RetryAfter,
    };

    private static string Code(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, BodhiJson.Default.TokenErrorBody)?.Error is { Length: > 0 and <= 64 } code
                && code.All(letter => char.IsAsciiLetterLower(letter) || letter == '_')
                ? " " + code
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static RemoteException NoCode() => Failed(
        RemoteFailure.Unauthorized,
        "The OpenID provider gave a page without a code. The account may have to consent to the client once, in a browser, or may not log in.");

    private static RemoteException Failed(RemoteFailure failure, string message) => new(Service, failure, message);

    private static bool IsToken(string text) => text.Length is > 0 and <= 16_384 && text.All(letter => letter is > ' ' and < '\x7f');

    private static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
