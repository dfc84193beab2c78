using System.Net;
using System.Net.Sockets;

namespace Sweeper.Silo;

/// <summary>Where the silo listens, on loopback.</summary>
/// <param name="Silo">Port for silos.</param>
/// <param name="Gateway">Port for clients.</param>
/// <param name="Http">Port for health and leash.</param>
/// <param name="ClusterId">Name of the cluster, its own for every embedded silo.</param>
internal sealed record SiloPorts(int Silo, int Gateway, int Http, string ClusterId)
{
    /// <summary>Name of the service in Orleans' terms.</summary>
    public const string ServiceId = "sweeper";

    /// <summary>Takes the ports of the options, free ones where they say 0.</summary>
    /// <exception cref="SiloStartException">A port is taken, or two are the same.</exception>
    public static SiloPorts Choose(SiloOptions options)
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
                open.Add(Listen(port));
            }

            int[] chosen = [.. open.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
            return new SiloPorts(chosen[0], chosen[1], chosen[2], $"sweeper-{Guid.NewGuid():N}"[..20]);
        }
        finally
        {
            open.ForEach(listener => listener.Dispose());
        }
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException error)
        {
            listener.Dispose();
            throw new SiloStartException(SiloExit.BadOptions, $"port {port} cannot be used ({error.Message}); name another, or 0 for any free one.");
        }
    }
}
