using System.Net;
using System.Net.Sockets;

namespace Packit.Http;

/// <summary>
/// Checks addresses chosen by others: the URL before the request, and the IP address at the moment of connecting,
/// so that a name that resolves differently the second time gains nothing.
/// </summary>
public sealed class EgressGuard(EgressPolicy policy)
{
    private static readonly IPNetwork[] Reserved =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
        IPNetwork.Parse("::/96"), IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("64:ff9b:1::/48"),
        IPNetwork.Parse("100::/64"), IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    public EgressPolicy Policy => policy;

    /// <summary>Checks scheme, user info and port of a URL.</summary>
    /// <exception cref="EgressDeniedException">The URL may not be called; the text says why.</exception>
    public void Check(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri)
        {
            throw new EgressDeniedException($"'{url}' is not an absolute URL.");
        }

        var plainHttp = policy.AllowHttp && url.Scheme == Uri.UriSchemeHttp;
        if (url.Scheme != Uri.UriSchemeHttps && !plainHttp)
        {
            throw new EgressDeniedException($"Only https addresses may be fetched, not {url.Scheme}: {url.GetLeftPart(UriPartial.Path)}");
        }

        if (url.UserInfo.Length > 0)
        {
            throw new EgressDeniedException($"An address with a user name in it may not be fetched: {url.Host}");
        }

        if (!url.IsDefaultPort && !policy.AllowLoopback && url.Port is < 1024 and not (80 or 443))
        {
            throw new EgressDeniedException($"Port {url.Port} may not be called: {url.Host}");
        }
    }

    /// <summary>Whether a connection to this address may be opened.</summary>
    public bool Allows(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
        {
            return policy.AllowLoopback;
        }

        return !Array.Exists(Reserved, network => network.Contains(plain));
    }

    /// <summary>A <see cref="SocketsHttpHandler.ConnectCallback"/> that connects to allowed addresses only.</summary>
    /// <exception cref="EgressDeniedException">The name resolves to no allowed address.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var host = context.DnsEndPoint.Host;
        var resolved = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = Array.FindAll(resolved, Allows);
        if (allowed.Length == 0)
        {
            throw new EgressDeniedException($"{host} does not resolve to a public address, so it may not be fetched.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
