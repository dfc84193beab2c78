using System.CommandLine;
using Sweeper.Client.Connecting;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Specs.Reading;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary>One run of a command: its arguments, its terminal, its way to the cluster.</summary>
/// <param name="Parse">The command line.</param>
/// <param name="Options">Options of every command.</param>
/// <param name="Terminal">Where it writes.</param>
/// <param name="Interrupt">Ctrl-C.</param>
/// <param name="Clock">Time.</param>
internal sealed record CommandCall(
    ParseResult Parse, GlobalOptions Options, Terminal Terminal, Interrupt Interrupt, TimeProvider Clock)
{
    /// <summary>Folder of pictures and of a silo of its own.</summary>
    public DataDirectory Data => Options.Data(Parse);

    /// <summary>Tells the user something that is no result.</summary>
    public void Notice(string text) => Terminal.Error.WriteLine(text);

    /// <summary>Connects, starting a silo where none is named and none runs.</summary>
    public Task<ClusterConnection> ConnectAsync(CancellationToken stop, bool keep = false) =>
        ClusterConnection.OpenAsync(Options.Connection(Parse, keep), Notice, Clock, stop);

    /// <summary>Connections that are being closed while the answer is shown; awaited before the program ends.</summary>
    public List<Task> Closing { get; } = [];

    /// <summary>Connects for one exchange that may be made twice, where a silo dies under it.</summary>
    public Task<T> AskAsync<T>(Func<IClusterClient, Task<T>> question, CancellationToken stop) =>
        OverAsync(connection => connection.RepeatAsync(question, stop), stop);

    /// <summary>Connects for one exchange that must not be made twice.</summary>
    public Task<T> AskOnceAsync<T>(Func<IClusterClient, Task<T>> question, CancellationToken stop) =>
        OverAsync(connection => connection.CallAsync(question, stop), stop);

    /// <summary>Connects for one exchange about a sweep that may be made twice.</summary>
    /// <exception cref="CliException">There is no such sweep; the nearest name is suggested.</exception>
    public Task<T> AskAboutAsync<T>(string sweep, Func<IClusterClient, Task<T>> question, CancellationToken stop) =>
        OverAsync(connection => AboutAsync(connection, sweep, question, stop), stop);

    private async Task<T> OverAsync<T>(Func<ClusterConnection, Task<T>> exchange, CancellationToken stop)
    {
        ClusterConnection connection = await ConnectAsync(stop);
        try
        {
            return await exchange(connection);
        }
        finally
        {
            Closing.Add(Task.Run(async () => await connection.DisposeAsync(), CancellationToken.None));
        }
    }

    /// <summary>Asks about a sweep over an open connection, again where a silo dies under it.</summary>
    /// <exception cref="CliException">There is no such sweep; the nearest name is suggested.</exception>
    public static async Task<T> AboutAsync<T>(
        ClusterConnection connection, string sweep, Func<IClusterClient, Task<T>> question, CancellationToken stop)
    {
        try
        {
            return await connection.RepeatAsync(question, stop);
        }
        catch (SweepNotFoundException missing)
        {
            var all = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).ListAsync(), stop);
            string hint = NearestName.Of(sweep, all.Select(summary => summary.Name)) is { } nearest
                ? $"Did you mean '{nearest}'?"
                : all.IsEmpty ? "There is none at all yet." : "`sweeper list` shows those that there are.";
            throw new CliException(ExitCode.BadInput, $"There is no sweep named '{sweep}'. {hint}", missing);
        }
    }
}
