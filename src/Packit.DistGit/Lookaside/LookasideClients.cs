using Packit.Http;

namespace Packit.DistGit;

/// <summary>Makes the two HTTP clients of a <see cref="LookasideCache"/> from its options.</summary>
public static class LookasideClients
{
    /// <summary>The client that authenticates and uploads.</summary>
    public static HttpClient Upload(LookasideOptions options, string userAgent, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        return HttpClients.Create(
            new HttpClientSettings
            {
                UserAgent = userAgent,
                Timeout = options.UploadTimeout,
                Retries = 0,
                ClientCertificateFile = options.Login == LookasideLogin.ClientCertificate ? options.ClientCertificateFile : null,
                Around = options.Login == LookasideLogin.Negotiate ? static inner => new NegotiateHandler(inner, "lookaside cache") : null,
            },
            time);
    }

    /// <summary>The client that reads anonymously.</summary>
    public static HttpClient Download(string userAgent, TimeProvider time) =>
        HttpClients.Create(new HttpClientSettings { UserAgent = userAgent }, time);
}
