using System.Net;
using System.Net.Sockets;

namespace Packit.Sandbox.Service;

/// <summary>A loopback port that is free now. The dashboard's address must be known before the server starts, since checks link to it.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
