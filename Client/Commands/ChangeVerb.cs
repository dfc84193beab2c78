using Sweeper.Client.Connecting;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary>What <c>set</c>, <c>extend</c> and <c>enqueue</c> have in common: they look at the sweep before they ask.</summary>
internal static class ChangeVerb
{
    /// <summary>Who asks, for the sweep's log.</summary>
    public static string By => CallerFilter.By;

    /// <summary>Asks for a change and prints the answer.</summary>
    /// <param name="call">The command.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="output">Form of the answer.</param>
    /// <param name="request">Makes the request from the sweep as it stands.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Exit code.</returns>
    public static async Task<int> AskAsync(
        CommandCall call, string sweep, OutputFormat output, Func<SweepResults, Func<ISweepGrain, Task<ControlResult>>> request, CancellationToken stop)
    {
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        SweepResults results = await CommandCall.AboutAsync(connection, sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop);
        Func<ISweepGrain, Task<ControlResult>> ask = request(results);
        ControlResult result = await connection.CallAsync(client => ask(client.GetGrain<ISweepGrain>(sweep)), stop);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, result);
        }
        else
        {
            await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync($"{sweep}: {result.Message}");
        }

        return result.Done ? ExitCode.Ok : ExitCode.Failed;
    }
}
