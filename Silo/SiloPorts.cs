using System.Net;
using System.Net.Sockets;

namespace Sweeper.Silo;

/// <summary>Where the silo listens.</summary>
/// <param name="Address">Address of this machine; loopback unless the silo is part of a cluster.</param>
/// <param name="Silo">Port for silos.</param>
/// <param name="Gateway">Port for clients.</param>
/// <param name="Http">Port for health and leash.</param>
/// <param name="ClusterId">Name of the cluster, its own for every silo that is a cluster by itself.</param>
internal sealed record SiloPorts(IPAddress Address, int Silo, int Gateway, int Http, string ClusterId)
{
    /// <summary>Name of the service in Orleans' terms.</summary>
    public const string ServiceId = "sweeper";

    // Below the ports that Linux takes for outgoing connections (32768 on): one of those may be gone before it is listened at.
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int Tries = 200;

    /// <summary>Takes the ports of the options, free ones where they say 0.</summary>
    /// <param name="options">Options.</param>
    /// <param name="address">Address to listen at.</param>
    /// <param name="clusterId">Name of the cluster; null: one of its own.</param>
    /// <exception cref="SiloStartException">A port is taken, or two are the same.</exception>
    public static SiloPorts Choose(SiloOptions options, IPAddress address, string? clusterId)
    {
        int[] asked = [options.SiloPort, options.GatewayPort, options.HttpPort];
        int[] fix = [.. asked.Where(port => port != 0)];
        if (fix.Distinct().Count() < fix.Length)
        {
            throw new SiloStartException(SiloExit.BadOptions, $"the ports {string.Join(", ", asked)} must differ from each other.");
        }

        var open = new List<TcpListener>();
        try
        {
            foreach (int port in asked)
            {
                open.Add(port == 0 ? ListenAnywhere(address, fix) : Listen(address, port));
            }

            int[] chosen = [.. open.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
            return new SiloPorts(address, chosen[0], chosen[1], chosen[2], clusterId ?? $"sweeper-{Guid.NewGuid():N}"[..20]);
        }
        finally
        {
            open.ForEach(listener => listener.Dispose());
        }
    }

    /// <summary>A port that may be free, and that Linux gives to no outgoing connection.</summary>
    public static int Any() => Random.Shared.Next(First, Last);

    /// <summary>Whether a start failed because somebody took a port after it was chosen: other ports will do, where the options leave the choice.</summary>
    public static bool WereTaken(SiloOptions options, Exception failure)
    {
        bool free = options.SiloPort == 0 || options.GatewayPort == 0 || options.HttpPort == 0;
        for (Exception? cause = failure; free && cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                return true;
            }
        }

        return false;
    }

    private static TcpListener ListenAnywhere(IPAddress address, int[] except)
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = Any();
            if (except.Contains(port))
            {
                continue;
            }

            var listener = new TcpListener(address, port);
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException error)
            {
                listener.Dispose();
                if (error.SocketErrorCode != SocketError.AddressAlreadyInUse || attempt == Tries)
                {
                    throw Unusable($"no port of {address} from {First} to {Last}", error);
                }
            }
        }
    }

    private static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException error)
        {
            listener.Dispose();
            throw Unusable($"port {port}", error);
        }
    }

    private static SiloStartException Unusable(string what, SocketException error) => new(
        SiloExit.BadOptions,
        error.SocketErrorCode == SocketError.AddressNotAvailable
            ? $"{what} cannot be used ({error.Message}): the address is not this machine's; name one that is with --listen."
            : $"{what} cannot be used ({error.Message}); name another, or 0 for any free one.");
}
