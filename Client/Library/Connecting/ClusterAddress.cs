using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sweeper.Client.Connecting;

/// <summary>Gateways of a running cluster, as <c>--cluster HOST:PORT[,HOST:PORT…]</c> names them.</summary>
/// <param name="Text">As given.</param>
/// <param name="Gateways">Host and port of each.</param>
internal sealed record ClusterAddress(string Text, ImmutableArray<(string Host, int Port)> Gateways)
{
    /// <summary>Environment variable that names a cluster.</summary>
    public const string Variable = "SWEEPER_CLUSTER";

    /// <summary>Reads the option's text.</summary>
    /// <exception cref="CliException">It is not a list of HOST:PORT.</exception>
    public static ClusterAddress Parse(string text)
    {
        var gateways = ImmutableArray.CreateBuilder<(string, int)>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int colon = part.LastIndexOf(':');
            if (colon <= 0
                || !int.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
                || port is < 1 or > 65535)
            {
                throw new CliException(
                    ExitCode.BadInput, $"'{part}' is no cluster address; HOST:PORT is expected, such as 10.0.0.5:30000.");
            }

            gateways.Add((part[..colon].Trim('[', ']'), port));
        }

        return new ClusterAddress(text, gateways.ToImmutable());
    }

    /// <summary>Looks the hosts up.</summary>
    /// <exception cref="CliException">A host has no address.</exception>
    public async Task<IPEndPoint[]> ResolveAsync(CancellationToken stop)
    {
        var endpoints = new List<IPEndPoint>();
        foreach ((string host, int port) in Gateways)
        {
            try
            {
                IPAddress[] found = await Dns.GetHostAddressesAsync(host, stop);
                endpoints.AddRange(found.Select(address => new IPEndPoint(address, port)));
            }
            catch (SocketException unknown)
            {
                throw new CliException(
                    ExitCode.Unreachable, $"The cluster's host '{host}' cannot be found: {unknown.Message}.", unknown);
            }
        }

        return [.. endpoints];
    }
}
