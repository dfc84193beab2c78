using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sweeper.Tests;

/// <summary>Ports on loopback for servers that are told theirs.</summary>
internal static class Ports
{
    // Below the ports that Linux takes for outgoing connections (32768 on), whatever else runs on the machine.
    private const int First = 20_000;
    private const int Last = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port that is free now and that this process gives to nobody else.</summary>
    public static int Free()
    {
        while (true)
        {
            int port = Random.Shared.Next(First, Last);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
            }
            catch (SocketException)
            {
                continue;
            }

            if (Given.TryAdd(port, true))
            {
                return port;
            }
        }
    }
}
