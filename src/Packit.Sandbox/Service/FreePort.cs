using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Packit.Sandbox.Service;

/// <summary>A loopback port that is free now. The dashboard's address must be known before the server starts, since checks link to it.</summary>
public static class FreePort
{
    private const int First = 20000;
    private const int Count = 10000;

    private static int _next = RandomNumberGenerator.GetInt32(Count);

    /// <summary>The port of the last start on a folder when it is free again, so that links of then still lead somewhere; else any.</summary>
    public static int Of(string folder)
    {
        var file = Path.Combine(folder, "port");
        var port = File.Exists(file) && int.TryParse(File.ReadAllText(file), out var last) && IsFree(last) ? last : Find();
        File.WriteAllText(file, port.ToString(CultureInfo.InvariantCulture));
        return port;
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

    // Below the ports that the system gives to outgoing connections: one of those could take it before the server does. One after the other, so that
    // two servers that are starting in this process are never given the same.
    private static int Find()
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
}
