using RabbitMQ.Client;

namespace Packit.FedoraMessaging;

/// <summary>Opens connections to the broker.</summary>
internal static class BrokerConnections
{
    private const int PlainPort = 5672;
    private const int TlsPort = 5671;
    private const string TlsScheme = "amqps";

    // No body that a broker lets through may break the connection, else one such message would do so for ever. What is too large is
    // acknowledged without being kept.
    private const uint LargestFrame = 512u << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Task<IConnection> OpenAsync(BrokerSettings settings, CancellationToken cancellationToken)
    {
        var tls = settings.Url.Scheme == TlsScheme;
        var factory = new ConnectionFactory
        {
            HostName = settings.Url.Host,
            Port = settings.Url.Port > 0 ? settings.Url.Port : tls ? TlsPort : PlainPort,
            VirtualHost = settings.VirtualHost,
            // The listener connects again itself, and makes queue and bindings anew each time: the library would do so only for a
            // connection that once stood, and would not know about the gap.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = settings.Heartbeat,
            RequestedConnectionTimeout = Patience,
            HandshakeContinuationTimeout = Patience,
            ContinuationTimeout = Patience,
            MaxInboundMessageBodySize = LargestFrame,
            ClientProvidedName = "packit-service",
        };
        switch (settings.Login)
        {
            case BrokerLogin.ByCertificate:
                factory.AuthMechanisms = [new ExternalMechanismFactory()];
                break;
            case BrokerLogin.ByPassword password:
                factory.AuthMechanisms = [new PlainMechanismFactory()];
                factory.UserName = password.User;
                factory.Password = password.Password().Reveal();
                break;
        }

        factory.Ssl = tls ? Tls(settings) : new SslOption { Enabled = false };
        return factory.CreateConnectionAsync(cancellationToken);
    }

    private static SslOption Tls(BrokerSettings settings)
    {
        var tls = new SslOption { Enabled = true, ServerName = settings.Url.Host };
        if (settings.Login is BrokerLogin.ByCertificate login)
        {
            tls.Certs = [BrokerCertificates.Client(login)];
        }

        if (settings.AuthorityFile is { } file)
        {
            tls.CertificateValidationCallback = BrokerCertificates.Validation(BrokerCertificates.Authorities(file));
        }

        return tls;
    }
}
