using System.Collections.Immutable;
using Sweeper.Client.Connecting;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client;

/// <summary>A connection to Sweeper: to a cluster that runs, or to a silo of one's own on this machine.</summary>
public sealed class SweeperClient : IAsyncDisposable
{
    private readonly ClusterConnection _connection;

    private SweeperClient(ClusterConnection connection) => _connection = connection;

    /// <summary>Connects to a cluster.</summary>
    /// <param name="gateways">Gateways, <c>HOST:PORT</c> each, with commas.</param>
    /// <param name="clusterId">Identity of the cluster.</param>
    /// <param name="tls">Certificate to show and authority to believe; null: no TLS.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="SweeperException">It does not answer, or its address or files are of no use.</exception>
    public static Task<SweeperClient> ConnectAsync(string gateways, string clusterId = "sweeper", TlsFiles? tls = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(gateways);
        return OpenAsync(() => new ConnectionOptions(DataDirectory.Resolve(null, Environment.GetEnvironmentVariable), ClusterAddress.Parse(gateways), clusterId, new SiloStart(null, false, []), tls ?? NoTls), stop);
    }

    /// <summary>Starts a silo on this machine, or finds the one that serves the folder; it ends with its last client.</summary>
    /// <param name="options">Folder of the results, and how it is started; null: as the console does.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="SweeperException">It cannot be started.</exception>
    public static Task<SweeperClient> StartAsync(LocalSilo? options = null, CancellationToken stop = default)
    {
        LocalSilo silo = options ?? new LocalSilo();
        return OpenAsync(
            () => new ConnectionOptions(
                DataDirectory.Resolve(silo.DataDirectory, Environment.GetEnvironmentVariable),
                Cluster: null,
                ClusterId: "",
                new SiloStart(silo.Program ?? Environment.GetEnvironmentVariable(SiloExecutable.Variable), Keep: false, [.. silo.Arguments()]),
                NoTls),
            stop);
    }

    /// <summary>Submits a sweep, or goes on with it where one of the same name and spec is there; what has finished is not repeated.</summary>
    /// <param name="spec">What to do.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <exception cref="SpecProblemsException">The spec was refused: every problem.</exception>
    /// <exception cref="SweeperException">The connection is lost.</exception>
    public async Task<Sweep> SubmitAsync(SweepSpec spec, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SubmitResult result = await Calls.TryAsync(() => _connection.RepeatAsync(client => client.GetGrain<ISweepGrain>(spec.Name).SubmitAsync(spec, by: Environment.UserName), stop));
        return result.Status == SubmitStatus.Refused ? throw new SpecProblemsException(spec.Name, result.Problems) : Sweep(spec.Name);
    }

    /// <summary>A sweep by its name, whether there is one or not.</summary>
    /// <param name="name">Name of the sweep.</param>
    public Sweep Sweep(string name) => new(_connection, name);

    /// <summary>Every sweep of the store.</summary>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="SweeperException">The connection is lost.</exception>
    public Task<ImmutableArray<SweepSummary>> ListAsync(CancellationToken stop = default) =>
        Calls.TryAsync(() => _connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).ListAsync(), stop));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static TlsFiles NoTls => new("", "", "");

    private static async Task<SweeperClient> OpenAsync(Func<ConnectionOptions> options, CancellationToken stop) =>
        new(await Calls.TryAsync(() => ClusterConnection.OpenAsync(options(), _ => { }, TimeProvider.System, stop)));
}
