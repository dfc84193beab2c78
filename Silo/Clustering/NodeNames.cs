using System.Net;
using System.Net.Sockets;

namespace Sweeper.Silo.Clustering;

/// <summary>A node's name belongs to one silo at a time: workers are found by it.</summary>
internal static class NodeNames
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    /// <summary>Looks at the list of silos before this one joins them.</summary>
    /// <param name="table">List of the cluster's silos.</param>
    /// <param name="node">Name of this silo.</param>
    /// <param name="own">Where this silo will listen: an entry of that endpoint is its own, of an earlier life.</param>
    /// <exception cref="SiloStartException">Another silo of that name is alive.</exception>
    public static async Task RequireFreeAsync(IMembershipTable table, string node, IPEndPoint own)
    {
        await table.InitializeMembershipTableAsync(true, CancellationToken.None);
        MembershipTableData listed = await table.ReadAllAsync(CancellationToken.None);
        foreach ((MembershipEntry silo, _) in listed.Members)
        {
            if (silo.SiloName == node && IsMember(silo.Status) && !own.Equals(silo.SiloAddress.Endpoint) && await AnswersAsync(silo.SiloAddress.Endpoint))
            {
                throw Taken(node, silo.SiloAddress.Endpoint);
            }
        }
    }

    /// <summary>Looks again once this silo is a member: of two that joined at the same moment the later one goes.</summary>
    /// <exception cref="SiloStartException">Another silo of that name is alive, and was first.</exception>
    public static async Task RequireFirstAsync(IClusterMembershipService membership, string node, SiloAddress own)
    {
        foreach (ClusterMember other in membership.CurrentSnapshot.Members.Values)
        {
            if (other.Name == node && other.Status == SiloStatus.Active && IsEarlier(other.SiloAddress, own)
                && !own.Endpoint.Equals(other.SiloAddress.Endpoint) && await AnswersAsync(other.SiloAddress.Endpoint))
            {
                throw Taken(node, other.SiloAddress.Endpoint);
            }
        }
    }

    private static bool IsEarlier(SiloAddress one, SiloAddress other) => one.Generation != other.Generation
        ? one.Generation < other.Generation
        : string.CompareOrdinal(one.Endpoint.ToString(), other.Endpoint.ToString()) < 0;

    private static bool IsMember(SiloStatus status) => status is SiloStatus.Active or SiloStatus.Joining or SiloStatus.ShuttingDown;

    /// <summary>One that was killed is on the list until the others have noticed; nobody listens there any more.</summary>
    private static async Task<bool> AnswersAsync(IPEndPoint endpoint)
    {
        using var limit = new CancellationTokenSource(AnswerLimit);
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, limit.Token);
            return true;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private static SiloStartException Taken(string node, IPEndPoint endpoint) => new(
        SiloExit.BadOptions,
        $"the cluster has a silo named '{node}' already, at {endpoint}. Every silo needs a --node of its own; one that is to be replaced has to end first.");
}
