using Packit.Http;

namespace Packit.Fasjson;

/// <summary>Makes the HTTP client of a <see cref="FasjsonClient"/>.</summary>
public static class FasjsonClients
{
    /// <summary>With a few repetitions of reads that fail for a passing reason, each with a ticket of its own.</summary>
    public static HttpClient Create(FasjsonOptions options, string userAgent, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var client = HttpClients.Create(
            new HttpClientSettings
            {
                UserAgent = userAgent,
                Around = options.Login == FasjsonLogin.Negotiate ? static inner => new NegotiateHandler(inner, FasjsonClient.Service) : null,
            },
            time);
        client.BaseAddress = options.Root;
        return client;
    }
}
