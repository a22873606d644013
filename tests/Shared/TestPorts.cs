using System.Net;
using System.Net.Sockets;

namespace Packit.TestSupport;

/// <summary>
/// Ports of the loopback address for servers that must be told theirs before they start. They lie below those that the system gives to
/// outgoing connections and to servers that take any: one of these would be gone by the time the server asks for it, or while it is down.
/// </summary>
internal static class TestPorts
{
    private const int First = 10000;
    private const int Count = 10000;

    private static int _next = Random.Shared.Next(Count);

    /// <summary>A port that nothing listens on and that nobody else in this process was given.</summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No port of 127.0.0.1 from {First} to {First + Count - 1} is free.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
