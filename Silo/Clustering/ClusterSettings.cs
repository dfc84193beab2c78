using System.Net;

namespace Sweeper.Silo.Clustering;

/// <summary>How this silo is part of a cluster, read from options that are known to be right.</summary>
/// <param name="Redis">Where the list of silos lies.</param>
/// <param name="ClusterId">Name of the cluster.</param>
/// <param name="Listen">Address to listen at.</param>
/// <param name="Advertise">Address at which others reach this silo.</param>
internal sealed record ClusterSettings(RedisAddress Redis, string ClusterId, IPAddress Listen, IPAddress Advertise)
{
    /// <summary>Name of a cluster that was given none; the console's default too.</summary>
    public const string DefaultId = "sweeper";

    /// <summary>The settings; null where this silo is a cluster by itself.</summary>
    public static ClusterSettings? Of(SiloOptions options)
    {
        if (options.Redis.Length == 0)
        {
            return null;
        }

        IPAddress? listen = options.Listen.Length == 0 ? null : IPAddress.Parse(options.Listen);
        IPAddress? advertise = options.Advertise.Length == 0 ? null : IPAddress.Parse(options.Advertise);
        return new ClusterSettings(
            RedisAddress.Parse(options.Redis, options.RedisPassword, options.RedisAuthority),
            options.ClusterId.Length == 0 ? DefaultId : options.ClusterId,
            listen ?? advertise ?? IPAddress.Loopback,
            advertise ?? listen ?? IPAddress.Loopback);
    }
}
