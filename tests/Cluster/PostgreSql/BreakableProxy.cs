using System.Net;
using System.Net.Sockets;

namespace Sweeper.Tests.Cluster.PostgreSql;

/// <summary>A wire to a server that can be cut at the moments that hurt.</summary>
internal sealed class BreakableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _wires = [];
    private readonly Task _accepting;
    private CancellationTokenSource _up = new();
    private int _commitsToSwallow;

    public BreakableProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were cut before the server's answer to a commit went through.</summary>
    public int Swallowed { get; private set; }

    /// <summary>Connections that were refused while down.</summary>
    public int Refused { get; private set; }

    /// <summary>Cuts every connection, and new ones at once.</summary>
    public void GoDown() => _up.Cancel();

    /// <summary>Takes connections again.</summary>
    public void ComeUp() => _up = new CancellationTokenSource();

    /// <summary>The next commits reach the server; its answers do not come back, and the connection is cut instead.</summary>
    public void SwallowAnswersToCommits(int commits) => Volatile.Write(ref _commitsToSwallow, commits);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_wires);
        _closing.Dispose();
        _up.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_closing.Token);
                if (_up.IsCancellationRequested)
                {
                    Refused++;
                    client.Dispose();
                }
                else
                {
                    _wires.Add(CarryAsync(client));
                }
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                return; // Closed.
            }
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using TcpClient near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, _up.Token);
        await far.ConnectAsync(IPAddress.Loopback, _target, cut.Token);
        await Task.WhenAny(PumpAsync(near.GetStream(), far.GetStream(), false, cut.Token), PumpAsync(far.GetStream(), near.GetStream(), true, cut.Token));
        await cut.CancelAsync();
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool answers, CancellationToken stop)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, stop)) > 0)
            {
                if (answers && Volatile.Read(ref _commitsToSwallow) > 0 && buffer.AsSpan(0, count).IndexOf("COMMIT\0"u8) >= 0)
                {
                    Interlocked.Decrement(ref _commitsToSwallow);
                    Swallowed++;
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, count), stop);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The wire ends when either side hangs up.
        }
    }
}
