using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Access;

/// <summary>How many requests an address may make: a bucket that fills at a rate, and holds enough for the page's start.</summary>
internal static class RequestRate
{
    /// <summary>Seconds of requests that may come at once.</summary>
    public const int BurstSeconds = 10;

    private const int PrefixBytes = 8;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Sets the limit.</summary>
    /// <param name="limiter">Options of the middleware.</param>
    /// <param name="perSecond">Requests a second of each address.</param>
    public static void Configure(RateLimiterOptions limiter, int perSecond)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(http => RateLimitPartition.GetTokenBucketLimiter(
            KeyOf(http.Connection.RemoteIpAddress),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond * BurstSeconds,
                TokensPerPeriod = Math.Max(1, perSecond / 10),
                ReplenishmentPeriod = perSecond < 10 ? TimeSpan.FromSeconds(1.0 / perSecond) : Period,
                QueueLimit = 0,
                AutoReplenishment = true,
            }));
        limiter.OnRejected = async (context, _) => await Refusals.WaitAsync(
            context.HttpContext,
            context.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) ? wait : TimeSpan.FromSeconds(1),
            "Too many requests from this address");
    }

    /// <summary>An address; of IPv6 the network, which one machine has to itself.</summary>
    internal static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPAddress(bytes);
    }
}
