using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Client.Connecting;
using Sweeper.Client.Plotting;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>plot</c>: a sweep's pictures.</summary>
internal static class PlotCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Option<string> to = new("--to") { Description = "Folder to write to. Default: results/NAME in the data directory.", HelpName = "DIR" };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "plot",
            "Draw a sweep as PNG and SVG: range tests, schedule, curves of the best trials, accuracy by hyperparameter.",
            new Example("plot quickstart"),
            new Example("plot quickstart --to pictures"))
        {
            name, to, output,
        };
        command.SetAction(runner.Of((call, stop) =>
            PlotAsync(call, call.Parse.GetRequiredValue(name), call.Parse.GetValue(to), call.Parse.GetValue(output), stop)));
        return command;
    }

    private static async Task<int> PlotAsync(CommandCall call, string sweep, string? to, OutputFormat output, CancellationToken stop)
    {
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        SweepResults results = await CommandCall.AboutAsync(connection, sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop);
        string folder = Path.GetFullPath(to ?? call.Data.ResultsOf(sweep));
        ImmutableArray<string> names = await new SweepPictures(connection, results).WriteAsync(folder, stop);
        if (names.IsEmpty)
        {
            throw new CliException(ExitCode.Failed, $"'{sweep}' has nothing to draw yet: no job of it has finished.");
        }

        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, new { Folder = folder, Pictures = names });
            return ExitCode.Ok;
        }

        foreach (string picture in names)
        {
            await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync(Path.Combine(folder, $"{picture}.png") + " and .svg");
        }

        return ExitCode.Ok;
    }
}
