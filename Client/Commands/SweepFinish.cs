using System.Collections.Immutable;
using Spectre.Console;
using Sweeper.Client.Connecting;
using Sweeper.Client.Plotting;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary>What a command that waited for a sweep does at its end: pictures, report, exit code.</summary>
/// <param name="call">The command.</param>
/// <param name="output">Form of the report.</param>
internal sealed class SweepFinish(CommandCall call, OutputFormat output)
{
    /// <summary>Reads the sweep, draws it and reports it.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> WriteAsync(ClusterConnection connection, SweepSpec spec, SweepView last, CancellationToken stop)
    {
        SweepResults results = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetAsync(spec.Name), stop);
        string folder = call.Data.ResultsOf(spec.Name);
        ImmutableArray<string> pictures = await DrawAsync(connection, results, folder, stop);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, SweepJson.Of(results));
            return SweepVerdict.ExitCodeOf(results);
        }

        SweepReport.Write(call.Terminal.Out, results, last.ActiveSeconds, await ClaimReader.OfAsync(connection, results, stop));
        WriteWhere(connection, spec, pictures.IsEmpty ? null : folder);
        return SweepVerdict.ExitCodeOf(results);
    }

    private async Task<ImmutableArray<string>> DrawAsync(
        ClusterConnection connection, SweepResults results, string folder, CancellationToken stop)
    {
        try
        {
            return await new SweepPictures(connection, results).WriteAsync(folder, stop);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The results are in the store all the same, and `sweeper plot` draws them elsewhere.
            call.Notice($"No pictures: {FileTrouble.Describe(failure)}");
            return [];
        }
    }

    private void WriteWhere(ClusterConnection connection, SweepSpec spec, string? pictures)
    {
        IAnsiConsole console = call.Terminal.Out;
        TextWriter writer = console.Profile.Out.Writer;
        string where = connection.Silo is null ? "in the cluster's store" : call.Data.Root;
        console.WriteLine();
        writer.WriteLine($"Results    {where}");
        if (pictures is not null)
        {
            writer.WriteLine($"Pictures   {pictures}");
        }

        writer.WriteLine($"See again  {HowToRun.Another(call.Parse, "show", spec.Name)}");
        if (connection.Silo is { Keep: true } kept)
        {
            writer.WriteLine($"Silo       goes on in the background (pid {kept.Description.Pid}); `kill {kept.Description.Pid}` ends it");
        }
    }
}
