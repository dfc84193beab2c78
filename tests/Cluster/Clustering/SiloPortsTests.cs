using System.Net;
using System.Net.Sockets;
using Sweeper.Silo;
using Xunit;

namespace Sweeper.Tests.Cluster.Clustering;

public sealed class SiloPortsTests
{
    [Fact]
    public void Choose_NothingAsked_TakesThreePortsBelowThoseOfOutgoingConnections()
    {
        var ports = SiloPorts.Choose(new SiloOptions(), IPAddress.Loopback, clusterId: null);

        Assert.All([ports.Silo, ports.Gateway, ports.Http], port => Assert.InRange(port, 20_000, 32_000));
        Assert.Equal(3, new[] { ports.Silo, ports.Gateway, ports.Http }.Distinct().Count());
        Assert.StartsWith("sweeper-", ports.ClusterId, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_AddressOfAnotherMachine_SaysSo()
    {
        SiloStartException error = Assert.Throws<SiloStartException>(() => SiloPorts.Choose(new SiloOptions(), IPAddress.Parse("192.0.2.1"), "mine")); // RFC 5737: nobody's

        Assert.Equal(2, error.ExitCode);
        Assert.Contains("--listen", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(7, false)]
    public void WereTaken_AddressInUse_IsTriedAgainWhereThereIsAChoice(int asked, bool expected)
    {
        var options = new SiloOptions { SiloPort = asked, GatewayPort = asked, HttpPort = asked };
        var failure = new IOException("bind", new InvalidOperationException("in use", new SocketException((int)SocketError.AddressAlreadyInUse)));

        Assert.Equal(expected, SiloPorts.WereTaken(options, failure));
        Assert.False(SiloPorts.WereTaken(options, new IOException("another trouble")));
    }
}
