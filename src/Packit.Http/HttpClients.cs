using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Packit.Http;

/// <summary>The one place where HTTP clients are made: no redirects followed blindly, no cookies, no proxy from the environment.</summary>
public static class HttpClients
{
    /// <summary>Makes a client. It is meant to live as long as the process; its connections are renewed by themselves.</summary>
    public static HttpClient Create(HttpClientSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        HttpMessageHandler handler = Connection(settings);
        handler = settings.Around?.Invoke(handler) ?? handler;
        handler = settings.Retries > 0 ? new RetryHandler(handler, settings.Retries, settings.FirstPause, time) : handler;

        var client = new HttpClient(handler) { Timeout = settings.Timeout };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(settings.UserAgent);
        return client;
    }

    private static SocketsHttpHandler Connection(HttpClientSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = settings.Egress is null ? DecompressionMethods.All : DecompressionMethods.None,
            ConnectTimeout = settings.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        };
        if (settings.Egress is { } policy)
        {
            handler.ConnectCallback = new EgressGuard(policy).ConnectAsync;
        }

        if (settings.ClientCertificateFile is { } file)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [X509Certificate2.CreateFromPemFile(file)],
            };
        }

        return handler;
    }
}
