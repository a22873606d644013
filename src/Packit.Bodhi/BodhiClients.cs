using Packit.Http;

namespace Packit.Bodhi;

/// <summary>Makes what a <see cref="BodhiClient"/> needs.</summary>
public static class BodhiClients
{
    /// <summary>Creating an update asks Koji, dist-git and the bug tracker, and may take minutes.</summary>
    private static readonly TimeSpan WriteTime = TimeSpan.FromMinutes(5);

    /// <summary>The client for Bodhi itself.</summary>
    /// <param name="root">With a slash at the end: <c>https://bodhi.fedoraproject.org/</c>.</param>
    public static HttpClient Api(Uri root, string userAgent, TimeProvider time)
    {
        var client = HttpClients.Create(new HttpClientSettings { UserAgent = userAgent, Timeout = WriteTime }, time);
        client.BaseAddress = root;
        return client;
    }

    /// <summary>The login by the Kerberos ticket of the process.</summary>
    public static OidcLogin Login(OidcOptions options, string userAgent, TimeProvider time)
    {
        var settings = new HttpClientSettings { UserAgent = userAgent };
        return new OidcLogin(
            HttpClients.Create(settings, time),
            HttpClients.Create(settings with { Around = static inner => new NegotiateHandler(inner, OidcFlow.Service) }, time),
            options,
            time);
    }
}
