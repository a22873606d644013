using Packit.Http;

namespace Packit.FedoraMessaging;

/// <summary>Which broker, which queue, which topics.</summary>
public sealed record BrokerSettings
{
    /// <summary>Fedora's public virtual host, where a queue must be named by a UUID and unused queues live for an hour.</summary>
    /// <remarks>Fedora's public broker: docs of fedora-messaging, "Fedora's Public Broker".</remarks>
    public const string PublicVirtualHost = "/public_pubsub";

    /// <summary><c>amqps://rabbitmq.fedoraproject.org/%2Fpublic_pubsub</c>; <c>amqp</c> is not encrypted. It holds no user and no password.</summary>
    public required Uri Url { get; init; }

    /// <summary>How to sign in.</summary>
    public required BrokerLogin Login { get; init; }

    /// <summary>The queue's name. It must stay the same from start to start: messages wait in it while nobody listens.</summary>
    public required string Queue { get; init; }

    /// <summary>Routing keys, in full and without wildcards, so that they can be read back too.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Whether queue and bindings are made here; false where the broker's operators made them.</summary>
    public bool Declares { get; init; } = true;

    /// <summary>The exchange that all messages go to.</summary>
    public string Exchange { get; init; } = "amq.topic";

    /// <summary>Messages that the broker hands out before the first of them is acknowledged.</summary>
    public ushort Prefetch { get; init; } = 25;

    /// <summary>PEM file with the authority that signed the broker's certificate; null for those that the system trusts.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>How often both sides show that they live; after two silent ones the connection counts as lost.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after the first failure; it doubles with each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The virtual host, decoded: the slash of <c>/public_pubsub</c> is part of its name.</summary>
    public string VirtualHost => VirtualHostOf(Url);

    /// <summary>Why a queue name cannot be used; null when it can.</summary>
    /// <param name="name">The name.</param>
    /// <param name="url">The broker.</param>
    public static string? ProblemOfQueueName(string name, Uri url)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(url);
        if (name.Length is 0 or > 200 || name.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
        {
            return "The queue needs a name of 1 to 200 printable ASCII characters without spaces.";
        }

        return VirtualHostOf(url) == PublicVirtualHost && !IsUuid(name)
            ? $"On {PublicVirtualHost} a queue is named by a UUID in lower case, and '{RemoteText.Clean(name)}' is none. "
                + "Make one with uuidgen, once, and keep it: it is how messages that come while the service is away are found again."
            : null;
    }

    private static bool IsUuid(string name) =>
        Guid.TryParseExact(name, "D", out var id) && string.Equals(id.ToString("D"), name, StringComparison.Ordinal);

    private static string VirtualHostOf(Uri url) => url.AbsolutePath is { Length: > 1 } path ? Uri.UnescapeDataString(path[1..]) : "/";
}

/// <summary>How to sign in at the broker.</summary>
public abstract record BrokerLogin
{
    private BrokerLogin()
    {
    }

    /// <summary>The name in a client certificate (SASL EXTERNAL); the files are read at every connection, so that new ones are taken up.</summary>
    /// <param name="CertificateFile">PEM.</param>
    /// <param name="KeyFile">PEM; may be the same file.</param>
    public sealed record ByCertificate(string CertificateFile, string KeyFile) : BrokerLogin;

    /// <summary>Name and password (SASL PLAIN).</summary>
    /// <param name="User">The name.</param>
    /// <param name="Password">Reads the password, at every connection.</param>
    public sealed record ByPassword(string User, Func<Secret> Password) : BrokerLogin;
}
