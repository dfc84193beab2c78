using System.Net;
using Orleans.Configuration;

namespace Sweeper.Silo.Clustering;

/// <summary>Makes the silo a member of its cluster, or a cluster by itself.</summary>
internal static class ClusterSetup
{
    /// <summary>Time between two signs of life in Redis: after some of them left out, a cluster that died as a whole no longer keeps its successors waiting.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    /// <summary>Sets it up.</summary>
    /// <param name="silo">Builds the silo.</param>
    /// <param name="node">Name of this node; the silo's name in the cluster.</param>
    /// <param name="ports">Where it listens.</param>
    /// <param name="cluster">The cluster; null: a cluster by itself.</param>
    public static void Use(ISiloBuilder silo, string node, SiloPorts ports, ClusterSettings? cluster)
    {
        silo.Configure<Orleans.Configuration.SiloOptions>(options => options.SiloName = node);
        if (cluster is null)
        {
            silo.UseLocalhostClustering(ports.Silo, ports.Gateway, primarySiloEndpoint: null, SiloPorts.ServiceId, ports.ClusterId);
            return;
        }

        silo.UseRedisClustering(redis => redis.ConfigurationOptions = cluster.Redis.Patient());
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, SiloPorts.ServiceId));
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = cluster.Advertise;
            options.SiloPort = ports.Silo;
            options.GatewayPort = ports.Gateway;
            options.SiloListeningEndpoint = new IPEndPoint(cluster.Listen, ports.Silo);
            options.GatewayListeningEndpoint = new IPEndPoint(cluster.Listen, ports.Gateway);
        });
        silo.Configure<ClusterMembershipOptions>(Detect);
        silo.Services.AddSingleton<IFatalErrorHandler, DeclaredDead>();
        silo.Services.AddHostedService<NodeWatch>();
    }

    /// <summary>
    /// A killed silo is found dead in seconds. Training takes every core there is, so a probe may wait: three in a row have to
    /// be missed, and two silos have to agree where there are as many.
    /// </summary>
    private static void Detect(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(4);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 2;
        membership.IAmAliveTablePublishTimeout = SignOfLife;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
    }
}
