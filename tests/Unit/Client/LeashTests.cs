using System.Net;
using System.Net.Sockets;
using System.Text;
using Sweeper.Client.Connecting;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class LeashTests
{
    private const string Held = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nheld\n\r\n";
    private const string Ending = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private const string Refused = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryOpenAsync_SiloThatHolds_IsLostWhenItDies()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        Task<TcpClient> serving = AnswerAsync(listener, Held);
        await using Leash? leash = await Leash.TryOpenAsync(Port(listener), Stop);
        Assert.NotNull(leash);
        Assert.False(leash.Lost.IsCancellationRequested);

        var lost = new TaskCompletionSource();
        leash.Lost.Register(lost.SetResult);
        (await serving).Dispose();
        await lost.Task.WaitAsync(Stop);
    }

    [Fact]
    public async Task DisposeAsync_Leash_ClosesTheConnectionAndLosesNothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        Task<TcpClient> serving = AnswerAsync(listener, Held);
        Leash? leash = await Leash.TryOpenAsync(Port(listener), Stop);
        using TcpClient silo = await serving;

        await leash!.DisposeAsync();

        Assert.False(leash.Lost.IsCancellationRequested);
        Assert.Equal(0, await silo.GetStream().ReadAsync(new byte[1], Stop));
    }

    [Theory]
    [InlineData(Ending)]
    [InlineData(Refused)]
    public async Task TryOpenAsync_SiloThatIsEnding_IsNone(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        Task<TcpClient> serving = AnswerAsync(listener, answer);

        Assert.Null(await Leash.TryOpenAsync(Port(listener), Stop));
        (await serving).Dispose();
    }

    [Fact]
    public async Task TryOpenAsync_NobodyListens_IsNone()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = Port(listener);
        }

        Assert.Null(await Leash.TryOpenAsync(port, Stop));
    }

    private static async Task<TcpClient> AnswerAsync(TcpListener listener, string answer)
    {
        listener.Start();
        TcpClient client = await listener.AcceptTcpClientAsync(Stop);
        byte[] request = new byte[4096];
        int read = 0;
        while (!Encoding.ASCII.GetString(request, 0, read).Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            read += await client.GetStream().ReadAsync(request.AsMemory(read), Stop);
        }

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), Stop);
        return client;
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
