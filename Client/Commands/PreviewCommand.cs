using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Connecting;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>preview</c>: what a spec would do, and how long that would take.</summary>
internal static class PreviewCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> file = CommonArguments.Spec();
        Option<string[]> set = CommonArguments.Set();
        Option<bool> measure = new("--measure") { Description = "Time a few steps on a worker now, in place of earlier runs." };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "preview",
            "Print what a spec would do, as validate does, and how long it would take: from earlier runs of its model and data set in the store, or from a few steps timed now.",
            new Example("preview sweep.yaml"),
            new Example("preview sweep.yaml --measure", "where nothing like it has run yet"),
            new Example("preview sweep.yaml -o json | jq .time.seconds"))
        {
            file, set, measure, output,
        };
        command.SetAction(runner.Of((call, stop) =>
            PreviewAsync(call, call.Parse.GetRequiredValue(file), CommonArguments.Chosen(call.Parse, set), call.Parse.GetValue(measure), call.Parse.GetValue(output), stop)));
        return command;
    }

    private static async Task<int> PreviewAsync(
        CommandCall call, string file, IEnumerable<(string Path, string Value)> settings, bool measure, OutputFormat output, CancellationToken stop)
    {
        SweepSpec spec = SpecFile.Read(file, settings);
        SpecPlan plan = SpecPlan.Of(spec);
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        WarmStartFindings warm = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).FindWarmStartAsync(spec), stop);
        if (!warm.Problems.IsEmpty)
        {
            throw CliException.Of(SpecFile.Name(file), warm.Problems);
        }

        TimePrediction time = await connection.RepeatAsync(client => client.GetGrain<IResultsGrain>(0).PredictAsync(spec, measure), stop);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, new { Plan = plan, Time = time, WarmStart = warm.Start });
            return ExitCode.Ok;
        }

        ValidateCommand.Write(call.Terminal.Out, file, plan);
        if (warm.Start is { } start)
        {
            call.Terminal.Out.MarkupLine($"  [grey]warm start[/] {Markup.Escape(start.Words)}");
        }

        call.Terminal.Out.MarkupLine($"  [grey]time[/] {Markup.Escape(PredictedTime.Words(time))}");
        return ExitCode.Ok;
    }
}
