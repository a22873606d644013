namespace Packit.Http;

/// <summary>How a client for one service behaves.</summary>
public sealed record HttpClientSettings
{
    /// <summary>What the service calls itself to others. GitHub refuses requests without it.</summary>
    public string UserAgent { get; init; } = "packit-service (+https://packit.dev)";

    /// <summary>Time for one answer, headers and body, without retries.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a failed read is repeated.</summary>
    public int Retries { get; init; } = 2;

    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Set when the addresses are chosen by others; null for a service named in the configuration.</summary>
    public EgressPolicy? Egress { get; init; }

    /// <summary>A handler around the connection, such as <see cref="NegotiateHandler"/>; it sees each attempt.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Around { get; init; }

    /// <summary>A client certificate for TLS, as a PEM file that holds certificate and key.</summary>
    public string? ClientCertificateFile { get; init; }
}
