using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Sweeper.Contracts.Access;

namespace Sweeper.Client.Connecting;

/// <summary>An open connection to a cluster: a named one, or the embedded silo of the data directory.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    /// <summary>Identity of the service in every cluster of Sweeper.</summary>
    public const string ServiceId = "sweeper";

    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);

    // It is known to be there and is watched: on a machine that is busy to the last core an answer may take a while.
    private static readonly TimeSpan OwnSiloLimit = TimeSpan.FromSeconds(60);

    // Checking a spec loads its data set on the silo, which may take as long as reading it from a slow disk.
    private static readonly TimeSpan ResponseLimit = TimeSpan.FromMinutes(5);

    /// <summary>Silence after which a named cluster is asked again, over another gateway: a watcher hears something every second or two.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstFetch = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FetchPause = TimeSpan.FromSeconds(1);

    private readonly IHost _host;
    private bool _disconnected;

    private ClusterConnection(IHost host, EmbeddedSilo? silo)
    {
        _host = host;
        Silo = silo;
        Client = host.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>Calls grains.</summary>
    public IClusterClient Client { get; }

    /// <summary>The embedded silo; null where the user named a cluster.</summary>
    public EmbeddedSilo? Silo { get; }

    /// <summary>Whether a silence means that the gateway may be gone: nobody tells of the death of a named cluster's silo.</summary>
    public bool IsRemote => Silo is null;

    /// <summary>Whether the silo ends with its last console.</summary>
    public bool EndsWithConsole => Silo is { Keep: false };

    /// <summary>Cancelled when the embedded silo is gone; never for a named cluster, whose calls fail instead.</summary>
    public CancellationToken Lost => Silo?.Lost ?? CancellationToken.None;

    /// <summary>Connects, starting a silo where none is named and none runs.</summary>
    /// <exception cref="CliException">It could not be reached or started.</exception>
    /// <exception cref="SiloLostException">The embedded silo was gone again before the connection stood.</exception>
    public static async Task<ClusterConnection> OpenAsync(
        ConnectionOptions options, Action<string> notice, TimeProvider clock, CancellationToken stop)
    {
        if (options.Cluster is { } cluster)
        {
            IPEndPoint[] gateways = await cluster.ResolveAsync(stop);
            TlsIdentity? tls = ClientTls.Read(options.Tls, notice);
            string words = $"the cluster at {cluster.Text}{(tls is null ? "" : " over TLS")}";
            string hint = tls is null ? " A cluster with an authority of its own answers over TLS only: --tls-certificate, --tls-key, --tls-ca." : "";
            IHost remote = await ConnectAsync(gateways, options.ClusterId, words, ConnectLimit, stop, tls, hint);
            return new ClusterConnection(remote, null);
        }

        await using var early = EarlyConnection.Begin(options.Data, ConnectAsync);
        EmbeddedSilo silo = await EmbeddedSilo.OpenAsync(options, notice, clock, stop);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, silo.Lost);
            IHost host = await early.TakeAsync(silo.Description, either.Token) ?? await ConnectAsync(silo.Description, either.Token);
            return new ClusterConnection(host, silo);
        }
        catch (Exception failure) when (silo.Lost.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            await silo.DisposeAsync();
            throw new SiloLostException(failure);
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a grain once; gives up at once when the embedded silo is gone.</summary>
    /// <exception cref="SiloLostException">The embedded silo is gone.</exception>
    public async Task<T> CallAsync<T>(Func<IClusterClient, Task<T>> call, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, Lost);
        try
        {
            return await call(Client).WaitAsync(either.Token);
        }
        catch (Exception failure) when (Lost.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new SiloLostException(failure);
        }
    }

    /// <summary>Calls a grain that answers at once where it answers at all; for whoever follows a sweep.</summary>
    /// <exception cref="SiloLostException">The embedded silo is gone.</exception>
    /// <exception cref="TimeoutException">A named cluster does not answer.</exception>
    public Task<T> AskAsync<T>(Func<IClusterClient, Task<T>> call, CancellationToken stop) =>
        IsRemote ? CallAsync(call, stop).WaitAsync(Silence, stop) : CallAsync(call, stop);

    /// <summary>
    /// Asks for something that may be asked for twice, however long it takes: where a silo dies with the question or refuses it on its way,
    /// a named cluster is asked again over whichever gateway is left.
    /// </summary>
    /// <exception cref="SiloLostException">The embedded silo is gone.</exception>
    /// <exception cref="OrleansException">No silo of a named cluster has taken the question.</exception>
    public Task<T> RepeatAsync<T>(Func<IClusterClient, Task<T>> call, CancellationToken stop) => RepeatAsync(call, Timeout.InfiniteTimeSpan, stop);

    /// <summary>
    /// Reads something that is answered at once. A named cluster is asked again, over whichever gateway is left, where a silo that dies
    /// takes the answer with it: each time it has longer for it.
    /// </summary>
    /// <exception cref="SiloLostException">The embedded silo is gone.</exception>
    /// <exception cref="TimeoutException">A named cluster does not answer.</exception>
    public Task<T> FetchAsync<T>(Func<IClusterClient, Task<T>> call, CancellationToken stop) => RepeatAsync(call, FirstFetch, stop);

    /// <summary>Reads a grain's stream; ends at once when the embedded silo is gone.</summary>
    /// <remarks>
    /// Orleans tells the grain when a stream is given up and waits for the answer as long as for any call: a silo that is
    /// gone never gives one. So neither an item nor that answer is waited for once the silo is lost.
    /// </remarks>
    /// <exception cref="OperationCanceledException">Told to stop, or the embedded silo is gone.</exception>
    /// <exception cref="TimeoutException">A named cluster has been silent for too long.</exception>
    public async IAsyncEnumerable<T> ReadAsync<T>(
        Func<IClusterClient, CancellationToken, IAsyncEnumerable<T>> call,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, Lost);
        IAsyncEnumerator<T> items = call(Client, either.Token).GetAsyncEnumerator(either.Token);
        Task<bool> next = Task.FromResult(false);
        try
        {
            TimeSpan patience = IsRemote ? Silence : Timeout.InfiniteTimeSpan;
            while (await (next = items.MoveNextAsync().AsTask()).WaitAsync(patience, either.Token))
            {
                yield return items.Current;
            }
        }
        finally
        {
            await GiveUpAsync(items, next);
        }
    }

    /// <summary>Disconnects, lets go of the embedded silo and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">There is no embedded silo.</exception>
    public async Task<SiloEnd> EndAsync(TimeSpan limit)
    {
        await DisconnectAsync();
        return await (Silo ?? throw new InvalidOperationException("A cluster does not end with a console.")).EndAsync(limit);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        _host.Dispose();
        if (Silo is not null)
        {
            await Silo.DisposeAsync();
        }
    }

    private async Task<T> RepeatAsync<T>(Func<IClusterClient, Task<T>> call, TimeSpan first, CancellationToken stop)
    {
        if (!IsRemote)
        {
            return await CallAsync(call, stop);
        }

        long begin = Stopwatch.GetTimestamp();
        for (TimeSpan limit = first; ; limit = first == Timeout.InfiniteTimeSpan ? first : limit * 2)
        {
            try
            {
                return await CallAsync(call, stop).WaitAsync(limit, stop);
            }
            catch (Exception lost) when (lost is OrleansException or TimeoutException && Stopwatch.GetElapsedTime(begin) < ResponseLimit)
            {
                await Task.Delay(FetchPause, stop);
            }
        }
    }

    private async Task GiveUpAsync<T>(IAsyncEnumerator<T> items, Task<bool> last)
    {
        Task ended = EndAsync(items, last);
        try
        {
            await ended.WaitAsync(GoodbyeLimit, Lost);
        }
        catch (Exception gone) when (gone is TimeoutException or OperationCanceledException or OrleansException)
        {
            // Whatever it still says is of no use to anybody.
            _ = ended.ContinueWith(
                late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        static async Task EndAsync(IAsyncEnumerator<T> items, Task<bool> last)
        {
            try
            {
                await last;
            }
            catch (Exception) when (last.IsFaulted || last.IsCanceled)
            {
                // The reader has seen it, or has gone.
            }

            await items.DisposeAsync();
        }
    }

    private async Task DisconnectAsync()
    {
        if (_disconnected)
        {
            return;
        }

        _disconnected = true;
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            try
            {
                await _host.StopAsync(limit.Token).WaitAsync(limit.Token);
            }
            catch (Exception gone) when (gone is OperationCanceledException or OrleansException)
            {
                // The other side died first; there is nothing left to close.
            }
        }
    }

    private static Task<IHost> ConnectAsync(SiloDescription silo, CancellationToken stop) => ConnectAsync(
        [new IPEndPoint(IPAddress.Loopback, silo.GatewayPort)], silo.ClusterId, $"the silo (pid {silo.Pid})", OwnSiloLimit, stop);

    private static async Task<IHost> ConnectAsync(
        IPEndPoint[] gateways, string clusterId, string what, TimeSpan within, CancellationToken stop, TlsIdentity? tls = null, string hint = "")
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .UseStaticClustering(gateways)
            .UseClusterTls(tls)
            .AddActivityPropagation()
            .AddOutgoingGrainCallFilter<CallerFilter>()
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (clusterId, ServiceId))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseLimit)
            .UseConnectionRetryFilter(async (_, cancel) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300), cancel);
                return true;
            }));
        IHost host = builder.Build();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(within);
        try
        {
            await host.StartAsync(limit.Token).WaitAsync(limit.Token);
            return host;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            host.Dispose();
            string reason = failure is OperationCanceledException ? $"no answer within {within.TotalSeconds:0} s" : failure.Message;
            throw new CliException(ExitCode.Unreachable, $"Could not connect to {what}: {reason}.{hint}", failure);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
