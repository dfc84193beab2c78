using System.Net;
using System.Text.RegularExpressions;

namespace Sweeper.Silo.Clustering;

/// <summary>What is wrong with the options of a cluster, one by one and together.</summary>
internal static partial class ClusterChecks
{
    private static readonly string LonelyNode = new SiloOptions().Node;

    /// <summary>Every complaint, each a sentence that says what would be right.</summary>
    public static IEnumerable<string> Of(SiloOptions options) =>
        options.Redis.Length == 0 ? Alone(options) : InACluster(options);

    private static IEnumerable<string> Alone(SiloOptions options)
    {
        string[] useless =
        [
            .. new[] { ("--cluster-id", options.ClusterId), ("--advertise", options.Advertise), ("--listen", options.Listen) }
                .Where(option => option.Item2.Length > 0).Select(option => option.Item1),
        ];
        if (useless.Length > 0)
        {
            yield return $"{string.Join(", ", useless)}: only silos of a cluster have that; name the cluster's Redis with --redis HOST:PORT.";
        }
    }

    private static IEnumerable<string> InACluster(SiloOptions options)
    {
        if (RedisAddress.ComplaintOf(options.Redis) is { } redis)
        {
            yield return $"--redis: {redis}.";
        }

        if (options.Postgres.Length == 0)
        {
            yield return "--redis makes this silo one of several, and they need a store that all of them reach: add --postgres CONNECTION.";
        }

        if (options.Node == LonelyNode)
        {
            yield return "--node is missing: every silo of a cluster has a name of its own, the same after every restart.";
        }

        if (options.Leash)
        {
            yield return "--leash: a silo of a cluster does not end with a console.";
        }

        if (options.ClusterId.Length > 0 && !Name().IsMatch(options.ClusterId))
        {
            yield return $"--cluster-id {options.ClusterId}: letters, digits, '.', '_' and '-' are expected, at most 63.";
        }

        foreach (string complaint in Addresses(options))
        {
            yield return complaint;
        }
    }

    private static IEnumerable<string> Addresses(SiloOptions options)
    {
        bool everywhere = false;
        if (options.Listen.Length > 0)
        {
            if (!IPAddress.TryParse(options.Listen, out IPAddress? listen))
            {
                yield return $"--listen {options.Listen}: an IP address of this machine is expected, or 0.0.0.0 for all of them.";
            }

            everywhere = IsAny(listen);
        }

        if (options.Advertise.Length == 0)
        {
            if (everywhere)
            {
                yield return $"--listen {options.Listen} needs --advertise IP: the address at which the others reach this silo.";
            }
        }
        else if (!IPAddress.TryParse(options.Advertise, out IPAddress? advertise) || IsAny(advertise))
        {
            yield return $"--advertise {options.Advertise}: the one IP address at which the others reach this silo is expected.";
        }
    }

    private static bool IsAny(IPAddress? address) => IPAddress.Any.Equals(address) || IPAddress.IPv6Any.Equals(address);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
    private static partial Regex Name();
}
